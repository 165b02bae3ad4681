using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Sessions;

public sealed class SessionPlanTests
{
    private const GattProperties Read = GattProperties.Read, Notify = GattProperties.Notify, Indicate = GattProperties.Indicate, Write = GattProperties.Write;

    [Fact]
    public void A_glucose_meter_is_subscribed_described_asked_for_its_clock_and_its_records()
    {
        GattCharacteristic[] all =
        [
            Of(0x180A, 0x2A29, 2, Read), Of(0x180A, 0x2A26, 3, Read), Of(0x1808, 0x2A52, 5, Write | Indicate), Of(0x1808, 0x2A18, 6, Notify),
            Of(0x1808, 0x2A34, 7, Notify), Of(0x1808, 0x2A51, 8, Read), Of(0x1805, 0x2A2B, 9, Read | Write | Notify), Of(0x180F, 0x2A19, 10, Read | Notify),
        ];
        SessionPlan plan = SessionPlan.For(all);
        Assert.Equal([0x2A18, 0x2A34], Short(plan.Measurements));
        Assert.Equal([0x2A52], Short(plan.ControlPoints));
        Assert.Equal((ushort?)0x2A26, plan.Firmware?.Uuid.Short);
        Assert.Equal([0x2A29, 0x2A51], Short(plan.Descriptions));
        Assert.Equal((ushort?)0x2A2B, plan.Clock?.Uuid.Short);
        Assert.Equal([0x2A19], Short(plan.States));
        Assert.Equal([0x1808], plan.Services);
    }

    [Fact]
    public void Date_Time_is_the_clock_where_there_is_no_Current_Time_and_is_never_subscribed_to()
    {
        SessionPlan plan = SessionPlan.For([Of(0x1810, 0x2A35, 2, Indicate), Of(0x1810, 0x2A08, 3, Read | Write | Notify)]);
        Assert.Equal((ushort?)0x2A08, plan.Clock?.Uuid.Short);
        Assert.Equal([0x2A35], Short(plan.Measurements));
        Assert.Null(plan.Firmware);
    }

    [Fact]
    public void An_elapsed_time_is_the_clock_where_there_is_no_other_and_is_never_subscribed_to()
    {
        GattCharacteristic elapsed = Of(0x183F, 0x2BF2, 2, Read | Write | Indicate), weight = Of(0x181D, 0x2A9D, 4, Indicate);
        SessionPlan plan = SessionPlan.For([elapsed, weight]);
        Assert.Equal(elapsed, plan.Clock);
        Assert.Equal([0x2A9D], Short(plan.Measurements));
        Assert.Empty(plan.Descriptions);
        Assert.Equal([0x181D], plan.Services);
        Assert.Equal((ushort?)0x2A08, SessionPlan.For([elapsed, weight, Of(0x181D, 0x2A08, 6, Read)]).Clock?.Uuid.Short);
        Assert.Equal((ushort?)0x2A2B, SessionPlan.For([elapsed, weight, Of(0x1805, 0x2A2B, 6, Read)]).Clock?.Uuid.Short);
    }

    [Fact]
    public void A_sensors_session_is_read_each_time_and_before_its_records_are_subscribed_to()
    {
        SessionPlan plan = SessionPlan.For(
        [
            Of(0x181F, 0x2AA7, 2, Notify), Of(0x181F, 0x2AA8, 4, Read), Of(0x181F, 0x2AAA, 6, Read | Write), Of(0x181F, 0x2AAB, 8, Read),
            Of(0x181F, 0x2A52, 10, Write | Indicate),
        ]);
        Assert.Equal([0x2AA7], Short(plan.LateMeasurements));
        Assert.Equal([0x2AA8], Short(plan.Descriptions));
        Assert.Equal([0x2AAA, 0x2AAB], Short(plan.States));
        Assert.Empty(SessionPlan.For([Of(0x181F, 0x2AA7, 2, Notify), Of(0x181F, 0x2AA8, 4, Read)]).LateMeasurements);
    }

    [Fact]
    public void Enhanced_records_are_subscribed_to_only_where_there_are_no_plain_ones()
    {
        GattCharacteristic plain = Of(0x1810, 0x2A35, 2, Indicate), enhanced = Of(0x1810, 0x2B34, 4, Indicate), cuff = Of(0x1810, 0x2B35, 6, Notify);
        Assert.Equal([0x2A35, 0x2B35], Short(SessionPlan.For([plain, enhanced, cuff]).Measurements));
        Assert.Equal([0x2B34, 0x2B35], Short(SessionPlan.For([enhanced, cuff]).Measurements));
        Assert.Equal([0x2B35], Short(SessionPlan.For([cuff]).Measurements));
    }

    [Fact]
    public void What_nobody_can_decode_is_left_alone()
    {
        var vendor = new BluetoothUuid(Guid.Parse("00001523-1212-efde-1523-785feabcd123"));
        SessionPlan plan = SessionPlan.For([new(vendor, vendor, 2, Notify | Read), Of(0xFFF0, 0xFFF1, 3, Notify), Of(0x1801, 0x2A05, 4, Indicate)]);
        Assert.Empty(plan.Measurements);
        Assert.Empty(plan.Descriptions);
        Assert.Empty(plan.Services);
    }

    [Fact]
    public void A_control_point_that_can_not_answer_is_not_used() =>
        Assert.Empty(SessionPlan.For([Of(0x1808, 0x2A52, 2, Write), Of(0x1822, 0x2A52, 3, Indicate)]).ControlPoints);

    private static GattCharacteristic Of(ushort service, ushort uuid, ushort handle, GattProperties properties) =>
        new(BluetoothUuid.Of(service), BluetoothUuid.Of(uuid), handle, properties);

    private static int[] Short(IEnumerable<GattCharacteristic> all) => [.. all.Select(one => (int)one.Uuid.Short!.Value)];
}
