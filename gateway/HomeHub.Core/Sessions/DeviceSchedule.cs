namespace HomeHub.Core.Sessions;

/// <summary>
/// When a device may be connected again. Synchronous: the time is told. A device that keeps advertising is not connected again at once, since many tell
/// the same again; one that was silent for a while and is heard again has something new.
/// </summary>
/// <param name="limits">How often.</param>
public sealed class DeviceSchedule(ReconnectLimits limits)
{
    private const int MaxDoublings = 16;

    private TimeSpan _notBefore = TimeSpan.MinValue;
    private TimeSpan _heardAt = TimeSpan.MinValue;
    private int _failures;
    private int _empty;

    /// <summary>Whether the device needs a person; it is connected rarely then.</summary>
    public bool IsInTrouble { get; private set; }

    /// <summary>The device was heard.</summary>
    /// <param name="now">Time since any fixed moment.</param>
    /// <param name="isRepaired">Whether a person has done what was to be done.</param>
    /// <returns>Whether to connect it now.</returns>
    public bool OnHeard(TimeSpan now, bool isRepaired)
    {
        bool wasSilent = _heardAt != TimeSpan.MinValue && now - _heardAt > limits.Silence;
        _heardAt = now;
        if (IsInTrouble && isRepaired)
        {
            IsInTrouble = false;
            _notBefore = now;
        }
        else if (wasSilent && !IsInTrouble)
        {
            _notBefore = now;
            _empty = 0;
        }

        return now >= _notBefore;
    }

    /// <summary>A connection ended and brought <paramref name="values"/> values.</summary>
    public void OnDone(TimeSpan now, int values)
    {
        IsInTrouble = false;
        _failures = 0;
        _heardAt = now;
        _empty = values > 0 ? 0 : _empty + 1;
        _notBefore = now + Doubled(limits.AfterSuccess, _empty);
    }

    /// <summary>The hub let go of a device that was still telling: it is connected again as soon as it is heard.</summary>
    public void OnCut(TimeSpan now)
    {
        IsInTrouble = false;
        _failures = _empty = 0;
        _heardAt = _notBefore = now;
    }

    /// <summary>A connection failed for a reason that may pass.</summary>
    public void OnFailed(TimeSpan now)
    {
        _heardAt = now;
        _notBefore = now + Doubled(limits.AfterFailure, _failures++);
    }

    /// <summary>A connection failed for a reason that a person has to do something about.</summary>
    public void OnTrouble(TimeSpan now)
    {
        IsInTrouble = true;
        _heardAt = now;
        _notBefore = now + limits.InTrouble;
    }

    private TimeSpan Doubled(TimeSpan first, int times)
    {
        TimeSpan delay = first * (1L << Math.Min(times, MaxDoublings));
        return delay < limits.Longest ? delay : limits.Longest;
    }
}
