namespace HomeHub.Core.People;

/// <summary>Codes of the reasons why a record is nobody's, as they are stored and shown. They are only ever added.</summary>
public static class UnassignedReasons
{
    private static readonly (UnassignedReason Reason, string Code)[] Codes =
    [
        (UnassignedReason.OlderThanAssignment, "older-than-assignment"),
        (UnassignedReason.TimeNotKnown, "time-not-known"),
        (UnassignedReason.UnknownUser, "unknown-user"),
        (UnassignedReason.SlotOfNobody, "slot-of-nobody"),
        (UnassignedReason.NoUserIndex, "no-user-index"),
        (UnassignedReason.DeviceOfNobody, "device-of-nobody"),
        (UnassignedReason.MaybeKnownBefore, "maybe-known-before"),
    ];

    /// <summary>The code of a reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is <see cref="UnassignedReason.None"/>.</exception>
    public static string ToWire(this UnassignedReason reason) =>
        Array.Find(Codes, known => known.Reason == reason).Code ?? throw new ArgumentOutOfRangeException(nameof(reason), reason, "Somebody's record has no reason.");
}
