using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>Continuous Glucose Monitoring Service 1.0.2 (0x181F).</summary>
public static class CgmProfile
{
    /// <summary>CGM Measurement.</summary>
    public const ushort MeasurementUuid = 0x2AA7;

    /// <summary>CGM Feature.</summary>
    public const ushort FeatureUuid = 0x2AA8;

    /// <summary>CGM Session Start Time.</summary>
    public const ushort SessionStartUuid = 0x2AAA;

    /// <summary>CGM Session Run Time.</summary>
    public const ushort RunTimeUuid = 0x2AAB;

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        0x181F,
        "Continuous Glucose Monitoring",
        CgmTerms.Specialization,
        [
            new CharacteristicDecoder(MeasurementUuid, "CGM Measurement", DecodeMeasurement),
            new CharacteristicDecoder(FeatureUuid, "CGM Feature", DecodeFeature),
            new CharacteristicDecoder(SessionStartUuid, "CGM Session Start Time", DecodeSessionStart),
            new CharacteristicDecoder(RunTimeUuid, "CGM Session Run Time", DecodeRunTime),
        ]);

    /// <summary>Records lie end to end in a notification; one bad record rejects them all.</summary>
    private static DecodeResult DecodeMeasurement(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        var readings = new Reading[CgmMeasurement.CountRecords(octets)];
        int next = 0;
        do
        {
            if (!CgmMeasurement.TryRead(ref reader, octets, CgmCrc.IsRequired(context), out CgmMeasurement measurement))
            {
                return DecodeResult.Rejected(reader.Error(MeasurementUuid));
            }

            readings[next++] = CgmReadings.FromMeasurement(measurement, context);
        }
        while (reader.Remaining > 0);
        return new DecodeResult { Readings = readings };
    }

    private static DecodeResult DecodeFeature(ReadOnlySpan<byte> octets, SessionContext context) =>
        CgmFeature.TryDecode(octets, out CgmFeature feature, out DecodeError error)
            ? DecodeResult.Of(context with { CgmFeature = feature.Supported, CgmTypeAndLocation = feature.TypeAndLocation })
            : DecodeResult.Rejected(error);

    private static DecodeResult DecodeSessionStart(ReadOnlySpan<byte> octets, SessionContext context) =>
        CgmSessionStart.TryDecode(octets, CgmCrc.IsRequired(context), out CgmSessionStart start, out DecodeError error)
            ? DecodeResult.Of(context with { CgmSessionStart = start.Start })
            : DecodeResult.Rejected(error);

    /// <summary>CGM Session Run Time (3.5): hours that the sensor is expected to run.</summary>
    private static DecodeResult DecodeRunTime(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        ushort hours = reader.UInt16("CGM Session Run Time");
        return CgmCrc.End(ref reader, octets, CgmCrc.IsRequired(context))
            ? DecodeResult.Of(CgmReadings.FromRunTime(hours))
            : DecodeResult.Rejected(reader.Error(RunTimeUuid));
    }
}
