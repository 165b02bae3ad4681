using HomeHub.Core.Delivery;
using HomeHub.Testing;
using HomeHub.Testing.Delivery;

namespace HomeHub.Core.Tests.Delivery;

/// <summary>The double keeps to the contract, so that what is tested with it holds for the real uplink.</summary>
public sealed class UplinkDoubleTests : UplinkContract
{
    protected override Task<UplinkBench> StartAsync() => Task.FromResult<UplinkBench>(new Bench());

    private sealed class Bench : UplinkBench
    {
        private readonly UplinkDouble _uplink = new();

        public override IUplink Uplink => _uplink;

        public override async Task<(Guid Bundle, UplinkPayload Payload)> NextAsync(CancellationToken cancellation)
        {
            UplinkDouble.Publication? next = null;
            await Eventually.HoldsAsync(() => _uplink.Published.TryDequeue(out next), "a publication");
            return (next!.Id, next.Payload);
        }

        public override Task CommitAsync(Guid bundle, IReadOnlyList<Guid> entries)
        {
            _uplink.Commit(bundle, entries);
            return Task.CompletedTask;
        }

        public override Task RefuseAsync(Guid bundle, string reason, IReadOnlyList<RefusedEntry> entries)
        {
            _uplink.Refuse(bundle, reason, [.. entries]);
            return Task.CompletedTask;
        }

        public override Task StopBrokerAsync()
        {
            _uplink.Disconnect();
            return Task.CompletedTask;
        }

        public override Task StartBrokerAsync()
        {
            _uplink.Connect();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _uplink.DisposeAsync();
    }
}
