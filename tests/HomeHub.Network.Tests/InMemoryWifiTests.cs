using HomeHub.Core.Network;
using HomeHub.Testing.Network;

namespace HomeHub.Network.Tests;

/// <summary>The double that the pages are tested with does what the adapter does.</summary>
public sealed class InMemoryWifiTests : WifiContract
{
    protected override Task<WifiBench> CreateBenchAsync() => Task.FromResult<WifiBench>(new Bench());

    private sealed class Bench : WifiBench
    {
        private readonly InMemoryWifi _wifi = new();

        public Bench()
        {
            _wifi.Add(Home, 77, WifiSecurity.Passphrase, Passphrase);
            _wifi.Add(Guests, 60, WifiSecurity.Open);
        }

        public override IWifi Wifi => _wifi;

        public override int Kept => _wifi.Kept.Contains(Home) ? 1 : 0;

        public override void GiveAddresses(bool gives) => _wifi.GivesAddresses = gives;

        public override void Switch(bool isOn) => _wifi.Condition = isOn ? WifiCondition.Ready : WifiCondition.SwitchedOff;

        public override ValueTask DisposeAsync() => _wifi.DisposeAsync();
    }
}
