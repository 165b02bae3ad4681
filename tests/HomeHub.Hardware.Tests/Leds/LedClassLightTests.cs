using HomeHub.Core.Board;
using HomeHub.Hardware.Leds;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Hardware.Tests.Leds;

public sealed class LedClassLightTests
{
    private static readonly BoardPlace Place = new(BoardPlaceKind.Led, "homehub:status");

    private readonly ManualTime _time = new(SampleReadings.Start);

    [Fact]
    public void What_the_kernel_can_do_it_does_and_the_hub_need_not_wake()
    {
        var led = new RecordedLed(255, "timer", "pattern");
        using var light = new LedClassLight(led, Place, _time);
        light.Show(LightPattern.Breathing);
        Assert.Null(_time.UntilNext);
        light.Show(LightPattern.Fast);
        Assert.Null(_time.UntilNext);
        int written = led.Written.Count;
        light.Show(LightPattern.Fast);
        Assert.Equal(written, led.Written.Count);
    }

    [Fact]
    public void A_light_that_this_user_may_not_set_is_refused() =>
        Assert.Equal(BoardCondition.NotPermitted, Assert.Throws<PlaceException>(() => new LedClassLight(new RecordedLed(255) { MayWrite = false }, Place, _time)).Condition);

    [Fact]
    public void A_light_that_is_not_there_is_told_and_one_that_went_away_too()
    {
        Assert.Equal(
            BoardCondition.NotFound,
            Assert.Throws<PlaceException>(() => new LedClassLight(new SysfsLedFiles(Path.Combine(Path.GetTempPath(), "no such light")), Place, _time)).Condition);
        var led = new RecordedLed(255, "timer");
        using var light = new LedClassLight(led, Place, _time);
        led.MayWrite = false;
        Assert.False(light.Show(LightPattern.Solid));
        led.MayWrite = true;
        Assert.True(light.Show(LightPattern.Solid));
        Assert.Equal(LightPattern.Solid, led.See(_time.Advance));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made()
    {
        string folder = Directory.CreateTempSubdirectory("led").FullName;
        try
        {
            var files = new SysfsLedFiles(folder);
            Assert.False(files.Write("trigger", "none"));
            Assert.Null(files.Read("trigger"));
            File.WriteAllText(Path.Combine(folder, "brightness"), "0\n");
            Assert.True(files.Write("brightness", "7"));
            Assert.StartsWith("7", files.Read("brightness"), StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder, "trigger"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
