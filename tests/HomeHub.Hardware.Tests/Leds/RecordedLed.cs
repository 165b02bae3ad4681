using HomeHub.Core.Board;
using HomeHub.Hardware.Leds;
using HomeHub.Testing.Board;

namespace HomeHub.Hardware.Tests.Leds;

/// <summary>A double of the files of a light in the LED class, as the kernel's documents have them, for a user who may write <c>brightness</c> only: 0 takes a trigger away, anything else leaves it.</summary>
/// <param name="brightest">Its <c>max_brightness</c>.</param>
/// <param name="trigger">What blinks it at first, by itself.</param>
internal sealed class RecordedLed(int brightest, string trigger = "none") : ILedFiles
{
    private string _trigger = trigger;
    private int _brightness = 1;

    /// <summary>Whether this user may write.</summary>
    public bool MayWrite { get; set; } = true;

    /// <summary>All that was written.</summary>
    public List<string> Written { get; } = [];

    public string? Read(string file) => file == "max_brightness" ? $"{brightest}" : null;

    public bool Write(string file, string text)
    {
        if (!MayWrite || file != "brightness")
        {
            return false;
        }

        Written.Add(text);
        _brightness = int.Parse(text, null);
        _trigger = _brightness == 0 ? "none" : _trigger;
        return true;
    }

    /// <summary>What is seen of it.</summary>
    public LightPattern See(Action<TimeSpan> pass) =>
        _trigger == "none" ? StatusLightBench.Judge(() => _brightness == brightest, pass) : throw new InvalidOperationException($"{_trigger} blinks it");
}
