using System.Globalization;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Profiles.Tests.RoomClimate;

/// <summary>What the kernel printed, written and read again.</summary>
public class RoomClimateRecordTests
{
    [Theory]
    [InlineData("23000", "23.000")]
    [InlineData("25080.000000000", "25.080")]
    [InlineData("54429.687500000", "54.430")]
    [InlineData("-120", "-0.120")]
    public void What_the_kernel_worked_out_is_told_in_thousandths(string told, string celsius)
    {
        RoomClimateRecord record = Read((RoomAttribute.TemperatureInput, told));
        Assert.Equal(celsius, record.TemperatureCelsius!.Value.ToString(CultureInfo.InvariantCulture));
        Assert.Null(record.HumidityPercent);
    }

    [Fact]
    public void What_is_worked_out_here_is_told_in_thousandths()
    {
        RoomClimateRecord record = Read((RoomAttribute.HumidityRaw, "5000"), (RoomAttribute.HumidityOffset, "-786"), (RoomAttribute.HumidityScale, "7.629394531"));
        Assert.Equal("32.150", record.HumidityPercent!.Value.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_can_be_no_record_is_not_written()
    {
        Assert.Null(RoomClimateRecord.Write([]));
        Assert.Null(RoomClimateRecord.Write([(RoomAttribute.TemperatureInput, "")]));
        Assert.Null(RoomClimateRecord.Write([(RoomAttribute.TemperatureInput, new string('1', 25))]));
        Assert.Null(RoomClimateRecord.Write([(RoomAttribute.TemperatureInput, "23°")]));
        Assert.Null(RoomClimateRecord.Write([.. Enumerable.Repeat((RoomAttribute.TemperatureInput, "1"), 7)]));
    }

    private static RoomClimateRecord Read(params (RoomAttribute Attribute, string Text)[] numbers)
    {
        Assert.True(RoomClimateRecord.TryDecode(RoomClimateRecord.Write(numbers), out RoomClimateRecord record, out DecodeError error), error.ToString());
        return record;
    }
}
