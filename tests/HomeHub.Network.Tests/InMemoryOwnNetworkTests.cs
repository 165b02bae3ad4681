using HomeHub.Core.Network;
using HomeHub.Testing.Network;

namespace HomeHub.Network.Tests;

/// <summary>The double that keeper and pages are tested with does what the adapter does.</summary>
public sealed class InMemoryOwnNetworkTests : OwnNetworkContract
{
    protected override Task<OwnNetworkBench> CreateBenchAsync() => Task.FromResult<OwnNetworkBench>(new Bench());

    private sealed class Bench : OwnNetworkBench
    {
        private readonly InMemoryOwnNetwork _network = new();

        public override IOwnNetwork Port => _network;

        public override string? Open => _network.Network?.Name;

        public override void BeAble(bool isAble) => _network.Condition = isAble ? OwnNetworkCondition.Closed : OwnNetworkCondition.NotAble;

        public override void Fail() => _network.Fails = true;

        public override Task JoinAnotherAsync()
        {
            _network.End();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => _network.DisposeAsync();
    }
}
