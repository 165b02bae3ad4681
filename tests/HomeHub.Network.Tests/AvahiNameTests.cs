using System.Net;
using HomeHub.Core.Network;
using HomeHub.Network.Avahi;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging;

namespace HomeHub.Network.Tests;

/// <summary>What Avahi's adapter does beside the contract: collisions while it is told, addresses that change, a bus that goes, few words in the log.</summary>
public sealed class AvahiNameTests : IAsyncLifetime
{
    private readonly LogList _logs = new();
    private readonly AddressList _addresses = new();
    private PrivateBus _bus = null!;
    private AvahiStandIn _avahi = null!;
    private AvahiName? _name;

    public static AvahiOptions Options(PrivateBus bus) => new(HomeNameBench.Wanted, "HomeHub 1a2b", HomeNameBench.Port, () => [new HomeAddress(2, IPAddress.Parse("192.168.1.20"))])
    {
        BusAddress = bus.Address, LookInterval = TimeSpan.FromMilliseconds(200),
    };

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        _avahi = StandIn(_bus);
    }

    public async Task DisposeAsync()
    {
        if (_name is not null)
        {
            await _name.DisposeAsync();
        }

        await _avahi.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task A_name_that_another_takes_later_is_given_up_for_one_with_a_number()
    {
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Told, "homehub-1a2b.local");
        await _avahi.TakeAsync("homehub-1a2b");
        await _avahi.TakeAsync("homehub-1a2b-2");
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b-3.local");
        AvahiStandIn.Entries told = Assert.Single(_avahi.Told);
        Assert.Equal(("homehub-1a2b-3.local", "HomeHub 1a2b #3", "_https._tcp"), (told.Host, told.ServiceName, told.ServiceType));
        Assert.Contains(_logs.Lines, line => line.Contains("Another machine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_this_machine_tells_by_itself_needs_no_address_more()
    {
        _avahi.HostName = "homehub-1a2b";
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Told, "homehub-1a2b.local");
        AvahiStandIn.Entries told = Assert.Single(_avahi.Told);
        Assert.Empty(told.Hosts);
        Assert.Equal("homehub-1a2b.local", told.Host);
    }

    [Fact]
    public async Task A_service_that_another_program_of_this_machine_tells_is_given_way_to()
    {
        _avahi.TakenHere["HomeHub 1a2b"] = true;
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Told, "homehub-1a2b-2.local");
    }

    [Fact]
    public async Task New_addresses_are_told_and_without_any_it_waits()
    {
        await _avahi.StartAsync();
        _addresses.Now = [];
        await OpenAsync(HomeNameCondition.Starting, "homehub-1a2b.local");
        _addresses.Now = [new HomeAddress(3, IPAddress.Parse("10.0.0.7"))];
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b.local");
        _addresses.Now = [new HomeAddress(3, IPAddress.Parse("10.0.0.8"))];
        await Eventually.HoldsAsync(() => _avahi.Told is [{ } told] && told.Hosts["homehub-1a2b.local"] == "10.0.0.8", "the new address is told, and the old one no more");
        Assert.Equal(2, _avahi.GroupsMade);
    }

    [Fact]
    public async Task Where_nobody_tells_names_it_is_said_once_and_the_hub_works_on()
    {
        await OpenAsync(HomeNameCondition.NoService, "homehub-1a2b.local");
        await Task.Delay(1000);
        Assert.Single(_logs.Lines);
        await _avahi.StartAsync();
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b.local");
    }

    [Fact]
    public async Task It_follows_a_bus_that_starts_anew()
    {
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Told, "homehub-1a2b.local");
        await _avahi.StopAsync();
        await _bus.KillAsync();
        await IsAsync(HomeNameCondition.NoService, "homehub-1a2b.local");
        await _bus.StartAgainAsync();
        await _avahi.StartAsync();
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b.local");
    }

    [Fact]
    public async Task What_avahi_has_withdrawn_is_told_anew_once_it_runs_again()
    {
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Told, "homehub-1a2b.local");
        await _avahi.SetStateAsync(3);
        await Eventually.HoldsAsync(() => _avahi.Told.Count == 0, "it is withdrawn");
        await _avahi.SetStateAsync(2);
        await Eventually.HoldsAsync(() => _avahi.Told.Count == 1, "it is told anew");
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b.local");
    }

    [Fact]
    public async Task A_group_that_fails_is_tried_again_and_told_of_once()
    {
        _avahi.Fails = true;
        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Failed, "homehub-1a2b.local");
        await Eventually.HoldsAsync(() => _avahi.GroupsMade > 3, "it is tried again");
        Assert.Single(_logs.Lines);
        _avahi.Fails = false;
        await IsAsync(HomeNameCondition.Told, "homehub-1a2b.local");
    }

    [Fact]
    public async Task On_a_network_that_echoes_it_does_not_count_on_for_ever()
    {
        for (int i = 1; i < 20; i++)
        {
            _avahi.Taken[i == 1 ? "homehub-1a2b" : $"homehub-1a2b-{i}"] = true;
        }

        await _avahi.StartAsync();
        await OpenAsync(HomeNameCondition.Failed, "homehub-1a2b.local");
        Assert.InRange(_avahi.GroupsMade, 1, 2 * (AvahiOptions.MaxAlternatives + 1));
    }

    private static AvahiStandIn StandIn(PrivateBus bus) => new(bus.Address);

    private AvahiName Tell() => new(Options(_bus) with { Addresses = () => _addresses.Now }, TimeProvider.System, _logs);

    private Task OpenAsync(HomeNameCondition condition, string name)
    {
        _name = Tell();
        return IsAsync(condition, name);
    }

    private Task IsAsync(HomeNameCondition condition, string name) => Eventually.HoldsAsync(() => _name!.State == new HomeNameState(condition, name), $"{name} is {condition}");

    private sealed class AddressList
    {
        public volatile IReadOnlyList<HomeAddress> Now = [new HomeAddress(2, IPAddress.Parse("192.168.1.20"))];
    }

    private sealed class LogList : ILogger<AvahiName>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                _lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
