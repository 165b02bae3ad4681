using System.Diagnostics;
using HomeHub.Core.Climate;
using HomeHub.Hardware.Climate;
using HomeHub.Profiles.RoomClimate;
using HomeHub.Testing.Time;

namespace HomeHub.Hardware.Tests.Climate;

/// <summary>What counts as the room's sensor, what it tells, and what it does not.</summary>
public sealed class IioRoomSensorTests : IDisposable
{
    private readonly RecordedIioFolder _kernel = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 26, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_only_sensor_with_both_is_read_as_the_kernel_prints_it()
    {
        _kernel.Add("iio:device0", ("name", "vf610-adc"), ("in_temp_input", "41000"));
        AddBme280("iio:device1");
        RoomReadout readout = await ReadAsync();
        Assert.Equal((RoomCondition.Ready, "bme280"), (readout.Condition, readout.Sensor));
        Assert.Equal([(RoomAttribute.TemperatureInput, "21340"), (RoomAttribute.HumidityInput, "45123")], readout.Numbers);
    }

    [Fact]
    public async Task Raw_offset_and_scale_are_told_where_the_kernel_works_nothing_out()
    {
        _kernel.Add(
            "iio:device0", ("name", "si7020"), ("in_temp_raw", "7221"), ("in_temp_offset", "-4368"), ("in_temp_scale", "10.725639648"),
            ("in_humidityrelative_raw", "5000"), ("in_humidityrelative_offset", "-786"), ("in_humidityrelative_scale", "7.629394531"));
        Assert.Equal(
            [
                (RoomAttribute.TemperatureRaw, "7221"), (RoomAttribute.TemperatureOffset, "-4368"), (RoomAttribute.TemperatureScale, "10.725639648"),
                (RoomAttribute.HumidityRaw, "5000"), (RoomAttribute.HumidityOffset, "-786"), (RoomAttribute.HumidityScale, "7.629394531"),
            ],
            (await ReadAsync()).Numbers);
    }

    [Fact]
    public async Task A_board_without_any_has_none()
    {
        Assert.Equal(RoomCondition.None, (await ReadAsync()).Condition);
        Assert.Equal(RoomCondition.None, (await new IioRoomSensor(Path.Combine(_kernel.Path, "absent"), null, _time).ReadAsync(default)).Condition);
        _kernel.Add("iio:device0", ("name", "cpu-die"), ("in_temp_input", "52000"));
        _kernel.Add("iio:device1", ("name", "half"), ("in_temp_input", "21000"), ("in_humidityrelative_raw", "5000"));
        Assert.Equal(RoomCondition.None, (await ReadAsync()).Condition);
    }

    [Fact]
    public async Task Of_two_none_is_read_until_one_is_named()
    {
        AddBme280("iio:device0", ("label", "balcony"));
        AddBme280("iio:device1", ("label", "bedroom"));
        Assert.Equal(RoomCondition.Several, (await ReadAsync()).Condition);
        Assert.Equal(RoomCondition.Several, (await ReadAsync("bme280")).Condition);
        Assert.Equal(RoomCondition.Ready, (await ReadAsync("iio:device1")).Condition);
        Assert.Equal(RoomCondition.Ready, (await ReadAsync("bedroom")).Condition);
        Assert.Equal(RoomCondition.NotThere, (await ReadAsync("cellar")).Condition);
    }

    [Fact]
    public async Task One_that_is_named_may_tell_only_one_of_them()
    {
        _kernel.Add("iio:device0", ("name", "tmp117"), ("in_temp_raw", "2900"), ("in_temp_scale", "7.812500"));
        RoomReadout readout = await ReadAsync("tmp117");
        Assert.Equal([(RoomAttribute.TemperatureRaw, "2900"), (RoomAttribute.TemperatureScale, "7.812500")], readout.Numbers);
    }

    /// <summary>The kernel's own EIO: nobody may read the memory at address 0 of a process.</summary>
    [Fact]
    public async Task A_sensor_that_does_not_answer_tells_nothing_at_all()
    {
        string device = AddBme280("iio:device0");
        string humidity = Path.Combine(device, "in_humidityrelative_input");
        File.Delete(humidity);
        File.CreateSymbolicLink(humidity, "/proc/self/mem");
        RoomReadout readout = await ReadAsync();
        Assert.Equal((RoomCondition.Failed, "bme280"), (readout.Condition, readout.Sensor));
        Assert.Empty(readout.Numbers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2134")]
    [InlineData("21340\n7\n")]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111111111\n")]
    public async Task A_file_that_is_no_whole_line_is_no_number(string content)
    {
        string device = AddBme280("iio:device0");
        await File.WriteAllTextAsync(Path.Combine(device, "in_temp_input"), content);
        Assert.Equal(RoomCondition.Failed, (await ReadAsync()).Condition);
    }

    [Fact]
    public async Task A_driver_that_hangs_is_left_and_not_asked_twice()
    {
        string device = AddBme280("iio:device0");
        string pipe = Path.Combine(device, "in_temp_input");
        File.Delete(pipe);
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        var sensor = new IioRoomSensor(_kernel.Path, null, _time);
        Task<RoomReadout> asked = sensor.ReadAsync(default);
        while (!asked.IsCompleted)
        {
            _time.Advance(IioRoomSensor.AnswerLimit);
            await Task.Yield();
        }

        Assert.Equal(RoomCondition.Failed, (await asked).Condition);
        Assert.Equal(RoomCondition.Failed, (await sensor.ReadAsync(default)).Condition);

        // Whoever holds it open for writing lets the reader go.
        await File.WriteAllTextAsync(pipe, "21340\n");
        File.Delete(pipe);
        await File.WriteAllTextAsync(pipe, "21340\n");
        RoomReadout readout;
        do
        {
            readout = await sensor.ReadAsync(default);
        }
        while (readout.Condition == RoomCondition.Failed);
        Assert.Equal(RoomCondition.Ready, readout.Condition);
    }

    public void Dispose() => _kernel.Dispose();

    private string AddBme280(string device, params (string File, string Text)[] more) =>
        _kernel.Add(device, [("name", "bme280"), ("in_temp_input", "21340"), ("in_humidityrelative_input", "45123"), ("in_pressure_input", "100.653"), .. more]);

    private Task<RoomReadout> ReadAsync(string? wanted = null) => new IioRoomSensor(_kernel.Path, wanted, _time).ReadAsync(default);
}
