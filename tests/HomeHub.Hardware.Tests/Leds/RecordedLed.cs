using HomeHub.Core.Board;
using HomeHub.Hardware.Leds;
using HomeHub.Testing.Board;

namespace HomeHub.Hardware.Tests.Leds;

/// <summary>A double of the files of a light in the LED class, as the kernel's documents have them: files of a trigger are there while it is chosen, brightness 0 takes the trigger away.</summary>
/// <param name="brightest">Its <c>max_brightness</c>.</param>
/// <param name="triggers">The triggers of this kernel; none: there is no such file.</param>
internal sealed class RecordedLed(int brightest, params string[] triggers) : ILedFiles
{
    private static readonly string[] TimerFiles = ["delay_on", "delay_off"];

    private readonly Dictionary<string, string> _files = [];
    private string _trigger = "none";
    private int _brightness;

    /// <summary>Whether this user may write.</summary>
    public bool MayWrite { get; set; } = true;

    /// <summary>All that was written.</summary>
    public List<string> Written { get; } = [];

    public string? Read(string file) => file switch
    {
        "max_brightness" => $"{brightest}",
        "trigger" when triggers.Length > 0 => string.Join(' ', triggers.Prepend("none").Select(one => one == _trigger ? $"[{one}]" : one)),
        _ => null,
    };

    public bool Write(string file, string text)
    {
        if (!MayWrite)
        {
            return false;
        }

        Written.Add($"{file}={text}");
        switch (file)
        {
            case "trigger" when text == "none" || triggers.Contains(text):
                _trigger = text;
                _files.Clear();
                return true;
            case "brightness":
                _brightness = int.Parse(text, null);
                _trigger = _brightness == 0 ? "none" : _trigger;
                return true;
            case "pattern" when _trigger == "pattern":
            case "delay_on" or "delay_off" when _trigger == "timer":
                _files[file] = text;
                return true;
            default:
                return false;
        }
    }

    /// <summary>What is seen of it.</summary>
    public LightPattern See(Action<TimeSpan> pass)
    {
        if (_trigger == "timer")
        {
            int[] halves = [.. TimerFiles.Select(file => int.Parse(_files[file], null))];
            return halves[0] == halves[1] ? halves[0] < 300 ? LightPattern.Fast : LightPattern.Breathing : throw new InvalidOperationException("uneven");
        }

        // Dark, some time up to the brightest, some time down.
        return _trigger == "pattern" ? _files["pattern"] == $"0 1800 {brightest} 1800" ? LightPattern.Breathing : throw new InvalidOperationException(_files["pattern"])
            : StatusLightBench.Judge(() => _brightness == brightest, pass);
    }
}
