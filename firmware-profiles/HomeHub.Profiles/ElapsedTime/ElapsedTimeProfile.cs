namespace HomeHub.Profiles.ElapsedTime;

/// <summary>Elapsed Time Service 1.0 (0x183F): a clock or tick counter as one number.</summary>
public static class ElapsedTimeProfile
{
    /// <summary>Current Elapsed Time.</summary>
    public const ushort CurrentElapsedTimeUuid = 0x2BF2;

    /// <summary>The profile. It says nothing about what the device measures.</summary>
    public static readonly GattProfile Profile = new(
        0x183F,
        "Elapsed Time",
        null,
        [new CharacteristicDecoder(CurrentElapsedTimeUuid, "Current Elapsed Time", Decode)]);

    /// <summary>A clock that can't be compared is told as one without a date, and as a fault: what is stamped by it can't be placed either.</summary>
    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context) =>
        CurrentElapsedTime.TryDecode(octets, out CurrentElapsedTime time, out DecodeError error)
            ? new DecodeResult { Clock = time.ComparableTime.GetValueOrDefault(), ClockFault = time.ComparableTime is null }
            : DecodeResult.Rejected(error);
}
