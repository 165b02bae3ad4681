using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>What a device's clock showed is noted for a person to read.</summary>
public sealed class SessionClockNoteTests
{
    [Fact]
    public async Task What_the_clock_showed_before_it_was_set_is_noted()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        DeviceClockNote clock = (await home.FindAsync(cuff)).Clock!;

        // The cuff shows a moment of March 2026, and lets itself be set.
        Assert.True(clock is { WasSet: true, Off: not null }, $"{clock}");
        DateTime shown = (TimeProvider.System.GetLocalNow() + clock.Off!.Value).DateTime;
        Assert.InRange((shown - Household.ClockShows).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_hub_that_does_not_know_its_time_notes_nothing_of_a_clock()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(
            new PeripheralSourceOptions { Limits = HomeFixture.QuickLimits, Reconnect = HomeFixture.QuickReconnect, IsTimeKnown = () => false, IsClockKnown = () => false });
        StandInDevice cuff = Household.NewCuff();
        await home.SetUpAsync(cuff);
        await home.RunSessionsAsync(1, cuff);
        Assert.Null((await home.FindAsync(cuff)).Clock);
    }
}
