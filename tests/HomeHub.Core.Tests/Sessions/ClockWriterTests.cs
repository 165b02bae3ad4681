using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Sessions;

public sealed class ClockWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 7, 42, 10, 500, TimeSpan.FromHours(1));

    /// <summary>Current Time Service 1.1, 3.1: Exact Time 256 (Date Time, Day of Week with Monday 1, Fractions256), Adjust Reason.</summary>
    [Fact]
    public void Current_Time_has_day_of_week_fractions_and_reason() =>
        Assert.Equal([0xEA, 0x07, 3, 15, 7, 42, 10, 7, 128, 0x02], ClockWriter.Write(0x2A2B, Now));

    [Fact]
    public void Date_Time_is_local_to_the_second() => Assert.Equal([0xEA, 0x07, 3, 16, 7, 42, 10], ClockWriter.Write(0x2A08, Now.AddDays(1)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 6)]
    [InlineData(7, 7)]
    public void Days_count_from_Monday(int daysLater, byte expected) => Assert.Equal(expected, ClockWriter.Write(0x2A2B, Now.AddDays(daysLater))[7]);

    [Theory]
    [InlineData(0x2A2B)]
    [InlineData(0x2A08)]
    public void What_was_written_is_read_back_without_deviation(int characteristic)
    {
        var uuid = (ushort)characteristic;
        TimeSpan? deviation = ClockWriter.Deviation(uuid, ClockWriter.Write(uuid, Now.AddHours(1)), Now);
        Assert.InRange(deviation!.Value, TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }

    /// <summary>Octets of Date Time in a clock that counts seconds would set it to anything.</summary>
    [Theory]
    [InlineData(0x2A2B, true)]
    [InlineData(0x2A08, true)]
    [InlineData(0x2BF2, false)]
    public void Only_a_clock_that_the_hub_can_write_is_set(int uuid, bool canSet)
    {
        var clock = new GattCharacteristic(BluetoothUuid.Of(0x1805), BluetoothUuid.Of((ushort)uuid), 2, GattProperties.Read | GattProperties.Write);
        Assert.Equal(canSet, ClockWriter.CanSet(clock));
        Assert.False(ClockWriter.CanSet(clock with { Properties = GattProperties.Read }));
    }

    [Theory]
    [InlineData("00000000000000")]
    [InlineData("EA07")]
    [InlineData("")]
    public void A_clock_that_shows_no_time_can_not_be_compared(string hex) => Assert.Null(ClockWriter.Deviation(0x2A08, Convert.FromHexString(hex), Now));
}
