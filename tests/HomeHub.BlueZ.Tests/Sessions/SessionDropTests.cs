using HomeHub.Core.Peripherals;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Wherever the link goes, the next connection completes, and nothing is lost or doubled.</summary>
public sealed class SessionDropTests
{
    [Theory]
    [InlineData("StartNotify", 0)]
    [InlineData("StartNotify", 1)]
    [InlineData("ReadValue", 0)]
    [InlineData("ReadValue", 2)]
    [InlineData("WriteValue", 0)]
    [InlineData("WriteValue", 1)]
    public async Task A_link_that_goes_during_a_call_costs_nothing(string method, int after)
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2, 3 } };
        await home.SetUpAsync(meter.Device);
        int calls = 0;
        home.StandIn.Script(method, async _ =>
        {
            if (Interlocked.Increment(ref calls) == after + 1)
            {
                await home.StandIn.DropAsync(meter.Device);
                throw new DBus.DBusException("org.bluez.Error.Failed", "Not connected");
            }

            return null;
        });
        await home.AdvertiseUntilAsync(() => home.Stored == 3 && home.Sessions >= 2, "all records are taken after the drop", meter.Device);
        DeviceMemory memory = await home.Registry.GetMemoryAsync(meter.Device.Address, default);
        Assert.Equal(3, Assert.Single(memory.Marks).SequenceNumber);
    }

    [Fact]
    public async Task A_transfer_that_is_cut_off_goes_on_where_it_was_cut_off()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        meter.Records.AddRange([3, 4, 5, 6]);
        (meter.BreaksAfter, meter.Breaks) = (3, () => home.StandIn.DropAsync(meter.Device));
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(4, home.Stored);
        Assert.Equal(4, Assert.Single((await home.Registry.GetMemoryAsync(meter.Device.Address, default)).Marks).SequenceNumber);
        await home.AdvertiseUntilAsync(() => home.Stored == 6, "the rest is taken", meter.Device);
        Assert.Contains(meter.ControlPoint.Written, request => request is [0x01, 0x03, 0x01, 4, 0]);
    }

    [Fact]
    public async Task A_record_that_is_sent_before_a_transfer_that_fails_hides_no_other()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);

        // The newest is sent as soon as somebody listens, and the link goes when the rest is asked for.
        meter.Records.AddRange([3, 4, 5]);
        meter.Measurement.AtSubscription = [Household.Glucose(5)];
        (meter.BreaksAfter, meter.Breaks) = (0, () => home.StandIn.DropAsync(meter.Device));
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(3, home.Stored);
        Assert.Equal(2, Assert.Single((await home.Registry.GetMemoryAsync(meter.Device.Address, default)).Marks).SequenceNumber);
        await home.AdvertiseUntilAsync(() => home.Stored == 5, "those between are taken", meter.Device);
    }

    [Fact]
    public async Task A_device_that_numbers_anew_is_taken_from_the_beginning()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 100, 101 } };
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        meter.Records.Clear();
        meter.Records.AddRange([1, 2]);
        await home.AdvertiseUntilAsync(() => home.Stored == 4, "what the device has stored since then", meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(2, Assert.Single((await home.Registry.GetMemoryAsync(meter.Device.Address, default)).Marks).SequenceNumber);
    }

    [Fact]
    public async Task A_device_that_stops_in_the_middle_of_its_records_tells_the_rest_next_time()
    {
        await using HomeFixture home = await HomeFixture.StartAsync(new()
        {
            Limits = HomeFixture.QuickLimits with { Whole = TimeSpan.FromMilliseconds(800) }, Reconnect = HomeFixture.QuickReconnect,
        });
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2, 3 } };
        await home.SetUpAsync(meter.Device);
        meter.BreaksAfter = 2;
        await home.RunSessionsAsync(1, meter.Device);
        Assert.Equal(2, home.Stored);
        Assert.Empty((await home.Registry.GetMemoryAsync(meter.Device.Address, default)).Marks);
        await home.AdvertiseUntilAsync(() => home.Stored == 3, "the rest is taken", meter.Device);
    }
}
