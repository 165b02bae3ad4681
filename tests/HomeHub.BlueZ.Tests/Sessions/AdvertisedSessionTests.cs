using HomeHub.Core.Buffering;
using HomeHub.Core.Sessions;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Scales that tell what they measure in advertisements only, from BlueZ's signals to the buffer. Octets from public captures.</summary>
public sealed class AdvertisedSessionTests
{
    private const string Moving = "0204B207010112101A0000A852";

    internal const string WithImpedance = "0226B20705040F0201AC018642", Left = "02A6B20705040F0201AC018642";

    private static readonly PeripheralSourceOptions OnlyAdvertises = new()
    {
        Limits = HomeFixture.QuickLimits,
        Reconnect = HomeFixture.QuickReconnect,
        Traits = (_, _) => new DeviceTraits { TellsInAdvertisements = true },
    };

    [Fact]
    public async Task A_weighing_that_is_advertised_over_and_over_is_one_payload_and_the_scale_is_not_connected()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(OnlyAdvertises);
        StandInDevice scale = Scale();
        await home.SetUpAsync(scale);
        await TellAsync(home, scale, Moving, 3);
        await TellAsync(home, scale, WithImpedance, 5);
        await home.AdvertiseUntilAsync(() => Tell(scale, Left) && home.Stored >= 1, "the weighing is taken", scale);
        int stored = home.Stored;

        // Heard on and on, it is no other.
        await TellAsync(home, scale, Left, 10);
        Assert.Equal(stored, home.Stored);
        Assert.DoesNotContain("Connect", home.StandIn.Calls);
    }

    [Fact]
    public async Task A_registry_that_fails_costs_no_weighing()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(OnlyAdvertises);
        StandInDevice scale = Scale();
        await home.SetUpAsync(scale);
        await TellAsync(home, scale, WithImpedance, 3);
        home.Registry.Fault = new BufferException(BufferFault.DiskFull, "no room");
        await home.AdvertiseUntilAsync(() => Tell(scale, Left) && home.Stored >= 1, "the weighing is taken", scale);
        Assert.False(home.Running.IsCompleted);
        home.Registry.Fault = null;
    }

    [Fact]
    public async Task A_scale_that_nobody_has_set_up_gives_nothing()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(OnlyAdvertises);
        StandInDevice known = Scale("C0:FF:EE:00:00:09"), stranger = Scale();
        await home.SetUpAsync(known);
        await TellAsync(home, stranger, WithImpedance, 3);
        await TellAsync(home, stranger, Left, 3);
        Tell(known, WithImpedance);
        await home.StandIn.AdvertiseAsync(known);
        await home.AdvertiseUntilAsync(() => Tell(known, Left) && home.Stored >= 1, "that of the scale that was set up is taken", known, stranger);
        Assert.Equal(1, home.Stored);
    }

    [Fact]
    public async Task What_was_not_complete_when_the_hub_is_stopped_is_kept()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(OnlyAdvertises);
        StandInDevice scale = Scale();
        await home.SetUpAsync(scale);
        await TellAsync(home, scale, WithImpedance, 5);
        Assert.Equal(0, home.Stored);
        await home.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => home.Running);
        Assert.Equal(1, home.Stored);
    }

    internal static StandInDevice Scale(string address = "C0:FF:EE:00:00:05") => new(address, "MIBCS") { Services = ["0000181b-0000-1000-8000-00805f9b34fb"] };

    internal static bool Tell(StandInDevice scale, string hex)
    {
        scale.ServiceData = new Dictionary<string, object> { ["0000181b-0000-1000-8000-00805f9b34fb"] = Convert.FromHexString(hex) };
        return true;
    }

    internal static async Task TellAsync(HomeFixture home, StandInDevice scale, string hex, int times)
    {
        await BlueZFixture.UntilAsync(() => home.StandIn.IsScanning);
        Tell(scale, hex);
        for (int i = 0; i < times; i++)
        {
            await home.StandIn.AdvertiseAsync(scale);
            await Task.Delay(20);
        }
    }
}
