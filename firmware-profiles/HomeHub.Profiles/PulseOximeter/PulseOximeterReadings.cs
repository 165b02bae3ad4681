using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>From the decoded characteristics to readings (PHD IG: PhdNumericObservation, and PhdBitsEnumerationObservation for the sensor's status).</summary>
internal static class PulseOximeterReadings
{
    private static readonly MdcTerm[] Spot = [PulseOximeterTerms.SpotModality];
    private static readonly MdcTerm[] Fast = [PulseOximeterTerms.FastModality];
    private static readonly MdcTerm[] Slow = [PulseOximeterTerms.SlowModality];

    /// <summary>By MDER bit, which is 15 minus the GATT bit.</summary>
    private static readonly string[] DeviceStatusNames =
    [
        "sensor-disconnected", "sensor-malfunction", "sensor-displaced", "sensor-unsupported", "sensor-off", "sensor-interference",
        "signal-searching", "signal-pulse-questionable", "signal-non-pulsatile", "signal-erratic", "signal-low-perfusion", "signal-poor",
        "signal-inadequate", "signal-processing-irregularity", "device-equipment-malfunction", "device-extended-update",
    ];

    public static Reading FromSpotCheck(in PlxSpotCheckMeasurement m, SessionContext context)
    {
        MeasurementStatus status = StatusOf(m.Status);
        uint events = EventsOf(m.SensorStatus, context);
        var values = new ReadingValue[2 + (m.PulseAmplitudeIndex is null ? 0 : 1) + (events == 0 ? 0 : 1)];
        int next = AddPair(values, 0, new PlxPair(m.Saturation, m.PulseRate), Spot, status, UploadRule.Always);
        AddRest(values, next, m.PulseAmplitudeIndex, Spot, events, status, UploadRule.Always);
        return new Reading
        {
            Values = values,
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
            ClockFault = m.ClockNotSet,
            Status = status,
        };
    }

    public static Reading FromContinuous(in PlxContinuousMeasurement m, SessionContext context)
    {
        MeasurementStatus status = StatusOf(m.Status);
        uint events = EventsOf(m.SensorStatus, context);
        int count = 2 + (m.Fast is null ? 0 : 2) + (m.Slow is null ? 0 : 2) + (m.PulseAmplitudeIndex is null ? 0 : 1) + (events == 0 ? 0 : 1);
        var values = new ReadingValue[count];
        int next = AddPair(values, 0, m.Normal, [], status, UploadRule.Throttled);
        next = m.Fast is { } fast ? AddPair(values, next, fast, Fast, status, UploadRule.Throttled) : next;
        next = m.Slow is { } slow ? AddPair(values, next, slow, Slow, status, UploadRule.Throttled) : next;
        AddRest(values, next, m.PulseAmplitudeIndex, [], events, status, UploadRule.Throttled);
        return new Reading { Values = values, Status = status };
    }

    private static int AddPair(
        ReadingValue[] values, int next, PlxPair pair, MdcTerm[] modality, MeasurementStatus status, UploadRule upload)
    {
        values[next] = Numeric(PulseOximeterTerms.OxygenSaturation, pair.Saturation, Units.Percent, modality, status, upload);
        values[next + 1] = Numeric(PulseOximeterTerms.PulseRate, pair.PulseRate, Units.BeatsPerMinute, modality, status, upload);
        return next + 2;
    }

    private static void AddRest(
        ReadingValue[] values, int next, MderFloat? amplitude, MdcTerm[] modality, uint events, MeasurementStatus status, UploadRule upload)
    {
        if (amplitude is { } index)
        {
            values[next++] = Numeric(PulseOximeterTerms.PulseAmplitudeIndex, index, Units.Percent, modality, status, upload);
        }

        if (events != 0)
        {
            values[next] = new BitsEnumerationValue(PulseOximeterTerms.DeviceStatus, BitStates.Events(events, DeviceStatusNames))
            {
                DerivedFrom = 0,
                Upload = StatusEffects.UploadEvents(status, upload),
            };
        }
    }

    private static NumericValue Numeric(
        MdcTerm code, MderFloat raw, Unit unit, MdcTerm[] modality, MeasurementStatus status, UploadRule upload) =>
        new(code, StatusEffects.Apply(status, raw.ToValue()), unit)
        {
            SupplementalTypes = modality,
            Upload = StatusEffects.Upload(status, upload),
        };

    /// <summary>
    /// Measurement Status. Bits 0 to 4 are reserved; ongoing (5) changes nothing, for real oximeters set it on finished records and all
    /// the time; fully qualified (8) and from storage (9) say nothing that a receiver needs.
    /// </summary>
    private static MeasurementStatus StatusOf(ushort? field)
    {
        if (field is not { } bits)
        {
            return MeasurementStatus.None;
        }

        return If(bits, 0x0040, MeasurementStatus.EarlyEstimate)
            | If(bits, 0x0080, MeasurementStatus.Validated)
            | If(bits, 0x0C00, MeasurementStatus.TestData)
            | If(bits, 0x1000, MeasurementStatus.Calibrating)
            | If(bits, 0x2000, MeasurementStatus.NotAvailable)
            | If(bits, 0x4000, MeasurementStatus.Questionable)
            | If(bits, 0x8000, MeasurementStatus.Invalid);
    }

    private static MeasurementStatus If(ushort bits, ushort mask, MeasurementStatus status) =>
        (bits & mask) != 0 ? status : MeasurementStatus.None;

    /// <summary>
    /// Device and Sensor Status with GATT bit n moved to MDER bit 15 - n; bits 16 to 23 are reserved and ignored, and so are those that
    /// PLX Features says the oximeter does not support.
    /// </summary>
    private static uint EventsOf(uint? field, SessionContext context)
    {
        uint bits = field.GetValueOrDefault() & (context.PlxSensorStatusSupport ?? uint.MaxValue) & 0xFFFF;
        uint reversed = 0;
        for (int bit = 0; bit < 16; bit++)
        {
            reversed |= ((bits >> bit) & 1) << (15 - bit);
        }

        return reversed;
    }
}
