using System.Globalization;
using HomeHub.Core.Board;

namespace HomeHub.Hardware.Leds;

/// <summary>
/// A light of the kernel's LED class (Documentation/leds/leds-class.rst). The kernel blinks it by its triggers <c>pattern</c> (leds-trigger-pattern: brightness and milliseconds, gradually) and
/// <c>timer</c> (leds-trigger-timer), so that the hub need not wake; a kernel without them is blinked by hand.
/// </summary>
internal sealed class LedClassLight : IStatusLight
{
    private const string Trigger = "trigger", Brightness = "brightness";

    private readonly ILedFiles _files;
    private readonly Blinker _blinker;
    private readonly int _brightest;
    private readonly Lock _gate = new();
    private LightPattern? _shown;
    private bool _isDisposed;

    /// <summary>Takes the light; it is dark.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="time">The clock, for a kernel without triggers.</param>
    /// <exception cref="PlaceException">It is not there, or this user may not.</exception>
    public LedClassLight(ILedFiles files, BoardPlace place, TimeProvider time)
    {
        (_files, Place) = (files, place.ToString());
        _blinker = new Blinker(time, isOn => SetBrightness(isOn));
        _brightest = int.TryParse(files.Read("max_brightness"), NumberStyles.None, CultureInfo.InvariantCulture, out int brightest) && brightest > 0
            ? brightest
            : throw new PlaceException(BoardCondition.NotFound, $"there is no light {place.Name} in /sys/class/leds");
        if (!Hold(false))
        {
            throw new PlaceException(BoardCondition.NotPermitted, $"the light {place.Name} can't be set: this user may not write /sys/class/leds/{place.Name}/brightness");
        }

        _shown = LightPattern.Off;
    }

    public string Place { get; }

    private bool CanBeDimmed => _brightest > 1;

    public bool Show(LightPattern pattern)
    {
        lock (_gate)
        {
            if (_isDisposed || _shown == pattern)
            {
                return !_isDisposed;
            }

            bool isDone = pattern switch
            {
                LightPattern.Breathing => Breathe(),
                LightPattern.Fast => Blink(Rhythm.FastHalf),
                _ => Hold(pattern == LightPattern.Solid),
            };
            _shown = isDone ? pattern : null;
            return isDone;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Hold(false);
                _blinker.Dispose();
            }
        }
    }

    private static string Milliseconds(TimeSpan time) => ((int)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private bool Hold(bool isOn)
    {
        _blinker.Dispose();
        // A kernel without triggers has no such file.
        bool isByHand = _files.Read(Trigger) is null || _files.Write(Trigger, "none");
        return isByHand && SetBrightness(isOn);
    }

    private bool Breathe()
    {
        string half = Milliseconds(Rhythm.BreathHalf);
        if (CanBeDimmed && Has("pattern"))
        {
            // Anew from none, so that the kernel begins it from its beginning.
            return Hold(false) && _files.Write(Trigger, "pattern")
                && _files.Write("pattern", string.Create(CultureInfo.InvariantCulture, $"0 {half} {_brightest} {half}"));
        }

        return Blink(Rhythm.SlowHalf);
    }

    private bool Blink(TimeSpan half)
    {
        if (!Has("timer"))
        {
            return Hold(false) && _blinker.Blink(half);
        }

        return Hold(true) && _files.Write(Trigger, "timer") && _files.Write("delay_on", Milliseconds(half)) && _files.Write("delay_off", Milliseconds(half));
    }

    /// <summary>The file lists the triggers that there are, the one that is chosen in brackets.</summary>
    private bool Has(string trigger) => _files.Read(Trigger)?.Split(' ').Select(one => one.Trim('[', ']')).Contains(trigger) == true;

    private bool SetBrightness(bool isOn) => _files.Write(Brightness, isOn ? _brightest.ToString(CultureInfo.InvariantCulture) : "0");
}
