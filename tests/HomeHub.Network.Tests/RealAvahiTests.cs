using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using HomeHub.Core.Network;
using HomeHub.Network.Avahi;
using HomeHub.Testing;
using HomeHub.Testing.Network;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Network.Tests;

/// <summary>The adapter with Avahi as Debian has it.</summary>
public sealed class RealAvahiTests
{
    private const string Name = HomeNameBench.Wanted + ".local", Service = "HomeHub 1a2b";

    [SkippableFact]
    public async Task Name_address_and_pages_are_found_and_told_again_after_a_restart_and_no_more_at_the_end()
    {
        await using RealAvahi avahi = await RealAvahi.StartAsync();
        HomeAddress address = Address();
        await using (AvahiName name = Tell(avahi, address))
        {
            await IsAsync(name, HomeNameCondition.Told, Name);
            Assert.Equal(address.Address.ToString(), await avahi.FindAsync(Name));
            Assert.Equal(HomeNameBench.Port, await avahi.FindPagesAsync(Service));
            await avahi.StopDaemonAsync();
            await IsAsync(name, HomeNameCondition.NoService, Name);
            await avahi.StartDaemonAsync();
            await IsAsync(name, HomeNameCondition.Told, Name);
            Assert.Equal(HomeNameBench.Port, await avahi.FindPagesAsync(Service));
        }

        await Eventually.HoldsAsync(async () => await avahi.FindPagesAsync(Service) is null, () => "the pages are told no more", Eventually.Deadline, TimeSpan.FromMilliseconds(100));
    }

    [SkippableFact]
    public async Task A_service_that_is_taken_is_given_way_to()
    {
        await using RealAvahi avahi = await RealAvahi.StartAsync();
        HomeAddress address = Address();
        await avahi.TakeAsync(Service);
        await using AvahiName name = Tell(avahi, address);
        await IsAsync(name, HomeNameCondition.Told, HomeNameBench.Wanted + "-2.local");
        Assert.Equal(address.Address.ToString(), await avahi.FindAsync(HomeNameBench.Wanted + "-2.local"));
        Assert.Equal(HomeNameBench.Port, await avahi.FindPagesAsync(Service + " #2"));
    }

    private static AvahiName Tell(RealAvahi avahi, HomeAddress address) =>
        new(AvahiNameTests.Options(avahi.Bus) with { Addresses = () => [address] }, TimeProvider.System, NullLogger<AvahiName>.Instance);

    private static Task IsAsync(AvahiName name, HomeNameCondition condition, string said) =>
        Eventually.HoldsAsync(() => name.State == new HomeNameState(condition, said), $"{said} is {condition}");

    /// <summary>An address of this machine on a network that takes multicast.</summary>
    private static HomeAddress Address()
    {
        (int Index, IPAddress Address)[] found =
        [
            .. NetworkInterface.GetAllNetworkInterfaces().Where(one => one.OperationalStatus == OperationalStatus.Up && one.SupportsMulticast && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(one => one.GetIPProperties().UnicastAddresses.Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork)
                    .Select(address => (one.GetIPProperties().GetIPv4Properties().Index, address.Address))),
        ];
        Skip.If(found.Length == 0, "this machine has no network that takes multicast");
        return new HomeAddress(found[0].Index, found[0].Address);
    }
}
