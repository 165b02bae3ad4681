namespace HomeHub.Profiles;

/// <summary>
/// What one payload told: readings, or something about the connection (features, the device, its clock), or an error.
/// With an error nothing else is set: a bad record rejects the whole notification.
/// </summary>
public readonly record struct DecodeResult
{
    /// <summary>The readings, one a record; empty for a payload without any.</summary>
    public Reading[] Readings { get => field ?? []; init; }

    /// <summary>The connection's context after this payload; null when it did not change.</summary>
    public SessionContext? Context { get; init; }

    /// <summary>What the payload told about the device; null when nothing.</summary>
    public DeviceInformation? Device { get; init; }

    /// <summary>The device's clock, when the payload was one; unknown fields stay zero, and so do all of a clock that can't be compared.</summary>
    public PhdTimestamp? Clock { get; init; }

    /// <summary>True when <see cref="Clock"/> says that stamps of this device can't be placed: it was not set, or they may not be in its local time.</summary>
    public bool ClockFault { get; init; }

    /// <summary>What is wrong; null when the payload was understood.</summary>
    public DecodeError? Error { get; init; }

    /// <summary>One reading.</summary>
    public static DecodeResult Of(Reading reading) => new() { Readings = [reading] };

    /// <summary>Nothing but a changed context.</summary>
    public static DecodeResult Of(SessionContext context) => new() { Context = context };

    /// <summary>A rejected payload.</summary>
    public static DecodeResult Rejected(DecodeError error) => new() { Error = error };
}
