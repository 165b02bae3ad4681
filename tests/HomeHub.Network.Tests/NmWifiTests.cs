using System.Collections.Concurrent;
using HomeHub.Core.Network;
using HomeHub.DBus;
using HomeHub.Network.NetworkManager;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging;

namespace HomeHub.Network.Tests;

/// <summary>What NetworkManager's adapter does beside the contract: kinds of networks, errors, secrets, a service that is not there.</summary>
public sealed class NmWifiTests : IAsyncLifetime
{
    private readonly LogList _logs = new();
    private PrivateBus _bus = null!;
    private NetworkManagerStandIn _manager = null!;
    private NmWifi _wifi = null!;

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        (_manager, _wifi) = Open(_bus, _logs);
    }

    public async Task DisposeAsync()
    {
        await _wifi.DisposeAsync();
        await _manager.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_service_or_the_bus_it_says_so_and_finds_it_when_it_comes()
    {
        Assert.Equal(WifiCondition.NoService, (await _wifi.ReadAsync(default)).Condition);
        await _wifi.ListenAsync(default);
        Assert.Equal(WifiJoin.Failed, await _wifi.JoinAsync("00", null, default));
        await _manager.StartAsync();
        Assert.Equal(WifiCondition.Ready, (await _wifi.ReadAsync(default)).Condition);
        await _manager.DisposeAsync();
        await _bus.KillAsync();
        Assert.Equal(WifiCondition.NoService, (await _wifi.ReadAsync(default)).Condition);
        await _bus.StartAgainAsync();
        await _manager.StartAsync();
        Assert.Equal(WifiCondition.Ready, (await _wifi.ReadAsync(default)).Condition);
    }

    [Fact]
    public async Task Without_a_wireless_adapter_it_says_so()
    {
        _manager.HasRadio = false;
        await _manager.StartAsync();
        Assert.Equal(WifiCondition.NoRadio, (await _wifi.ReadAsync(default)).Condition);
    }

    [Theory]
    [InlineData(0u, 0x188u, WifiSecurity.Passphrase, "wpa-psk")]
    [InlineData(1u, 0x588u, WifiSecurity.Passphrase, "wpa-psk")]
    [InlineData(1u, 0x488u, WifiSecurity.Passphrase, "sae")]
    [InlineData(0u, 0x888u, WifiSecurity.Open, "owe")]
    [InlineData(0u, 0u, WifiSecurity.Open, null)]
    [InlineData(1u, 0x288u, WifiSecurity.Account, null)]
    [InlineData(1u, 0u, WifiSecurity.Outdated, null)]
    public async Task The_kind_of_a_network_decides_how_it_is_joined(uint flags, uint rsn, WifiSecurity security, string? management)
    {
        await _manager.StartAsync();
        await _manager.AddPointAsync("Net", 50, rsn, security == WifiSecurity.Passphrase ? WifiBench.Passphrase : null, flags);
        WifiNetwork network = Assert.Single((await _wifi.ReadAsync(default)).Networks);
        Assert.Equal(security, network.Security);
        WifiJoin outcome = await _wifi.JoinAsync(network.Id, WifiBench.Passphrase, default);
        if (security is WifiSecurity.Account or WifiSecurity.Outdated)
        {
            Assert.Equal(WifiJoin.NotSupported, outcome);
            Assert.Empty(_manager.Profiles);
            return;
        }

        Assert.Equal(WifiJoin.Joined, outcome);
        var kept = (Dictionary<string, object>?)Assert.Single(_manager.Profiles).GetValueOrDefault("802-11-wireless-security");
        Assert.Equal(management, kept?["key-mgmt"]);
        Assert.Equal(security == WifiSecurity.Passphrase ? WifiBench.Passphrase : null, kept?.GetValueOrDefault("psk"));
    }

    [Theory]
    [InlineData(7u, WifiJoin.WrongPassphrase)]
    [InlineData(8u, WifiJoin.WrongPassphrase)]
    [InlineData(5u, WifiJoin.NoAddress)]
    [InlineData(15u, WifiJoin.NoAddress)]
    [InlineData(53u, WifiJoin.NotHeard)]
    [InlineData(11u, WifiJoin.TimedOut)]
    [InlineData(1u, WifiJoin.Failed)]
    public async Task Why_it_failed_is_told_and_leaves_nothing(uint reason, WifiJoin expected)
    {
        await HomeAsync();
        _manager.FailsBy = reason;
        Assert.Equal(expected, await JoinAsync());
        Assert.Empty(_manager.Profiles);
    }

    [Fact]
    public async Task A_network_that_asks_for_no_passphrase_is_not_said_to_have_refused_one()
    {
        await _manager.StartAsync();
        await _manager.AddPointAsync(WifiBench.Guests, 70, 0, null);
        _manager.FailsBy = 8;
        Assert.Equal(WifiJoin.Failed, await _wifi.JoinAsync((await _wifi.ReadAsync(default)).Networks[0].Id, null, default));
    }

    [Fact]
    public async Task What_never_ends_is_told_after_the_limit()
    {
        await HomeAsync();
        _manager.IsMute = true;
        Assert.Equal(WifiJoin.TimedOut, await JoinAsync());
        Assert.Empty(_manager.Profiles);
    }

    [Theory]
    [InlineData("org.freedesktop.NetworkManager.PermissionDenied", WifiJoin.NotPermitted)]
    [InlineData("org.freedesktop.DBus.Error.AccessDenied", WifiJoin.NotPermitted)]
    [InlineData("org.freedesktop.NetworkManager.Settings.Connection.InvalidProperty", WifiJoin.Failed)]
    public async Task A_refusal_is_told_and_no_log_repeats_the_passphrase(string error, WifiJoin expected)
    {
        await HomeAsync();
        _manager.Refuses = new DBusException(error, $"psk {WifiBench.Passphrase} was not taken");
        Assert.Equal(expected, await JoinAsync());
        Assert.NotEmpty(_logs.Lines);
        Assert.DoesNotContain(_logs.Lines, line => line.Contains(WifiBench.Passphrase, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_are_shown_whatever_their_octets_are_and_hidden_ones_not()
    {
        await _manager.StartAsync();
        await _manager.AddPointAsync("two\nlines", 30, 0, null);
        await _manager.AddPointAsync("\0\0\0", 90, 0, null);
        Assert.Equal("two\uFFFDlines", Assert.Single((await _wifi.ReadAsync(default)).Networks).Name);
    }

    [Fact]
    public async Task It_listens_anew_when_asked()
    {
        await _manager.StartAsync();
        await _wifi.ListenAsync(default);
        Assert.Equal(1, _manager.Listened);
    }

    private static (NetworkManagerStandIn Manager, NmWifi Wifi) Open(PrivateBus bus, LogList logs) =>
        (new NetworkManagerStandIn(bus.Address), new NmWifi(new NmWifiOptions { BusAddress = bus.Address, JoinLimit = TimeSpan.FromSeconds(1) }, TimeProvider.System, logs));

    private async Task HomeAsync()
    {
        await _manager.StartAsync();
        await _manager.AddPointAsync(WifiBench.Home, 70, 0x188, WifiBench.Passphrase);
    }

    private async Task<WifiJoin> JoinAsync() => await _wifi.JoinAsync((await _wifi.ReadAsync(default)).Networks[0].Id, WifiBench.Passphrase, default);

    private sealed class LogList : ILogger<NmWifi>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception) + exception);
    }
}
