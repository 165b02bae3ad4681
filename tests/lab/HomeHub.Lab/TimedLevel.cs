using System.Diagnostics;

namespace HomeHub.Lab;

/// <summary>Something that is on or off, with how long it was each. Safe for several threads.</summary>
internal sealed class TimedLevel
{
    private readonly Lock _gate = new();
    private readonly List<(bool WasOn, TimeSpan For)> _spans = [];
    private bool _isOn;
    private long _since = Stopwatch.GetTimestamp();

    public bool IsOn
    {
        get
        {
            lock (_gate)
            {
                return _isOn;
            }
        }
    }

    /// <summary>It is so from now on.</summary>
    public void Set(bool isOn)
    {
        lock (_gate)
        {
            if (isOn != _isOn)
            {
                _spans.Add((_isOn, Stopwatch.GetElapsedTime(_since)));
                (_isOn, _since) = (isOn, Stopwatch.GetTimestamp());
            }
        }
    }

    /// <summary>Begins anew with what is seen.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _spans.Clear();
            _since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>What has ended since, in its order; the first one began before it was looked.</summary>
    public IReadOnlyList<(bool WasOn, TimeSpan For)> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans.Skip(1)];
            }
        }
    }

    /// <summary>Waits until a light goes on and off, each two seconds long; an emulated machine is late now and then.</summary>
    public async Task BreathesAsync()
    {
        Forget();
        await Laboratory.HoldsAsync(() => Task.FromResult(Spans.Count(span => span.For.TotalSeconds is > 1.5 and < 3) >= 3), () => $"the light breathes: {string.Join(' ', Spans)}");
    }

    /// <summary>Waits until a light goes on and off several times a second.</summary>
    public async Task HurriesAsync()
    {
        Forget();
        await Laboratory.HoldsAsync(() => Task.FromResult(Spans.Count(span => span.For.TotalSeconds < 0.5) >= 8), () => $"the light blinks fast: {string.Join(' ', Spans)}");
    }

    /// <summary>Waits until so many tones were heard, long ones.</summary>
    public Task SoundsAsync(int tones) => Laboratory.HoldsAsync(
        () => Task.FromResult(!IsOn && Spans.Count(span => span is { WasOn: true, For.TotalSeconds: > 0.8 }) == tones),
        () => $"the buzzer sounds {tones} times: {string.Join(' ', Spans)}");
}
