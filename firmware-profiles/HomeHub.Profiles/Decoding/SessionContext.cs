namespace HomeHub.Profiles;

/// <summary>
/// What earlier payloads of the same connection told that later ones need to be understood. Immutable and small: it is stored with
/// each record, so that the record can be decoded again. Values are the raw fields of the characteristics.
/// </summary>
public sealed record SessionContext
{
    /// <summary>Nothing known yet.</summary>
    public static readonly SessionContext Empty = new();

    /// <summary>Blood Pressure Feature (0x2A49).</summary>
    public ushort? BloodPressureFeature { get; init; }

    /// <summary>Temperature Type (0x2A1D): where the thermometer always measures.</summary>
    public byte? TemperatureType { get; init; }

    /// <summary>Weight Scale Feature (0x2A9E).</summary>
    public uint? WeightScaleFeature { get; init; }

    /// <summary>Body Composition Feature (0x2A9B).</summary>
    public uint? BodyCompositionFeature { get; init; }

    /// <summary>Body Sensor Location (0x2A38).</summary>
    public byte? BodySensorLocation { get; init; }

    /// <summary>PLX Features (0x2A60), first field.</summary>
    public ushort? PlxFeatures { get; init; }

    /// <summary>PLX Features: Measurement Status Support.</summary>
    public ushort? PlxMeasurementStatusSupport { get; init; }

    /// <summary>PLX Features: Device and Sensor Status Support (24 bit).</summary>
    public uint? PlxSensorStatusSupport { get; init; }

    /// <summary>Glucose Feature (0x2A51).</summary>
    public ushort? GlucoseFeature { get; init; }

    /// <summary>CGM Feature (0x2AA8): feature bits (24 bit).</summary>
    public uint? CgmFeature { get; init; }

    /// <summary>CGM Feature: type (low nibble) and sample location (high nibble).</summary>
    public byte? CgmTypeAndLocation { get; init; }

    /// <summary>Model of an Omron monitor whose memory is read, e.g. <c>HEM-7361T</c>: by it the layout of its records is known.</summary>
    public string? OmronModel { get; init; }

    /// <summary>CGM Session Start Time (0x2AAA), with its offset from UTC where it is known.</summary>
    public PhdTimestamp? CgmSessionStart { get; init; }

    /// <summary>True when the record's octets are a minute of notifications, not one; see <see cref="Streams.StreamMinute"/>.</summary>
    public bool IsMinute { get; init; }

    /// <summary>True when no device told the record: a person entered it, and its octets were made of what was said.</summary>
    public bool IsEnteredByHand { get; init; }
}
