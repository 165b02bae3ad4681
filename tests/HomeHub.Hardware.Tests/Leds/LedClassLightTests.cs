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
    public void It_needs_no_more_than_brightness_and_what_the_kernel_blinked_is_the_hubs()
    {
        var led = new RecordedLed(255, "timer");
        using IStatusLight light = LedClassLight.Open(led, Place, _time);
        Assert.Equal(LightPattern.Off, led.See(_time.Advance));
        Assert.True(light.Show(LightPattern.Breathing));
        Assert.Equal(LightPattern.Breathing, led.See(_time.Advance));
        int written = led.Written.Count;
        light.Show(LightPattern.Breathing);
        Assert.Equal(written, led.Written.Count);
        light.Show(LightPattern.Solid);
        Assert.Null(_time.UntilNext);
        Assert.All(led.Written, one => Assert.True(one is "0" or "255", one));
    }

    [Fact]
    public void One_that_goes_away_between_two_blinks_is_told_and_blinks_again_when_it_is_back()
    {
        var led = new RecordedLed(255);
        using IStatusLight light = LedClassLight.Open(led, Place, _time);
        light.Show(LightPattern.Breathing);
        led.MayWrite = false;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(light.Show(LightPattern.Breathing));
        led.MayWrite = true;
        Assert.True(light.Show(LightPattern.Breathing));
        Assert.Equal(LightPattern.Breathing, led.See(_time.Advance));
    }

    [Fact]
    public void A_light_that_this_user_may_not_set_is_refused_and_who_lets_it_is_said()
    {
        PlaceException refused = Assert.Throws<PlaceException>(() => LedClassLight.Open(new RecordedLed(255) { MayWrite = false }, Place, _time));
        Assert.Equal(BoardCondition.NotPermitted, refused.Condition);
        Assert.Contains("install.sh called again", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_light_that_is_not_there_is_told_and_one_that_went_away_too()
    {
        Assert.Equal(
            BoardCondition.NotFound,
            Assert.Throws<PlaceException>(() => LedClassLight.Open(new SysfsLedFiles(Path.Combine(Path.GetTempPath(), "no such light")), Place, _time)).Condition);
        var led = new RecordedLed(255, "timer");
        using IStatusLight light = LedClassLight.Open(led, Place, _time);
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
