namespace HomeHub.Profiles;

/// <summary>
/// One record on the wire, decoded: our neutral value between device and FHIR. It says what the device said and nothing else;
/// who, when in civil time, and where to are the gateway's to add.
/// </summary>
public sealed record Reading
{
    /// <summary>The values, in the order of reporting; empty for a record that holds none.</summary>
    public required ReadingValue[] Values { get; init; }

    /// <summary>The device's stamp of the record; null when there is none or its date is unknown.</summary>
    public PhdTimestamp? Timestamp { get; init; }

    /// <summary>True when the device itself says that its clock was not set or at fault when it stamped the record.</summary>
    public bool ClockFault { get; init; }

    /// <summary>Sequence Number of a stored record, 0 to 65535; null where the profile has none.</summary>
    public ushort? SequenceNumber { get; init; }

    /// <summary>User Index, 0 to 254, or 255 for an unknown user; null when the record names no user.</summary>
    public byte? UserIndex { get; init; }

    /// <summary>What the device says about the whole record.</summary>
    public MeasurementStatus Status { get; init; }

    /// <summary>True for a context that belongs to the measurement with the same <see cref="SequenceNumber"/> and takes its time from it.</summary>
    public bool IsContext { get; init; }

    /// <summary>The octets of this record within the notification.</summary>
    public Range Octets { get; init; } = Range.All;
}
