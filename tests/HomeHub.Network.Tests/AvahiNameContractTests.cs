using HomeHub.Core.Network;
using HomeHub.Network.Avahi;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Network.Tests;

/// <summary>Avahi's adapter over the stand-in on a real bus.</summary>
public sealed class AvahiNameContractTests : HomeNameContract
{
    protected override async Task<HomeNameBench> CreateBenchAsync()
    {
        PrivateBus bus = await PrivateBus.StartAsync();
        var avahi = new AvahiStandIn(bus.Address);
        await avahi.StartAsync();
        return new StandInBench(bus, avahi);
    }

    private sealed class StandInBench(PrivateBus bus, AvahiStandIn avahi) : HomeNameBench
    {
        private AvahiName? _name;

        public override IHomeName Name => _name!;

        public override Task OpenAsync()
        {
            _name = new AvahiName(AvahiNameTests.Options(bus), TimeProvider.System, NullLogger<AvahiName>.Instance);
            return Task.CompletedTask;
        }

        public override Task<string?> FindAsync(string name) => Task.FromResult(avahi.Told.Select(group => group.Hosts.GetValueOrDefault(name + ".local")).FirstOrDefault(found => found is not null));

        public override Task<ushort?> FindPagesAsync() => Task.FromResult(avahi.Told.Where(group => group.ServiceType == "_https._tcp").Select(group => (ushort?)group.Port).FirstOrDefault());

        public override Task TakeAsync(string name) => avahi.TakeAsync(name);

        public override Task StopServiceAsync() => avahi.StopAsync();

        public override Task StartServiceAsync() => avahi.StartAsync();

        public override async ValueTask DisposeAsync()
        {
            await (_name?.DisposeAsync() ?? ValueTask.CompletedTask);
            await avahi.DisposeAsync();
            await bus.DisposeAsync();
        }
    }
}
