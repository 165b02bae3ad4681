using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Glucose;

/// <summary>From a decoded Glucose Measurement to a reading (PHD IG: PhdNumericObservation and PhdBitsEnumerationObservation).</summary>
internal static class GlucoseReadings
{
    /// <summary>kg/L to mg/dL: only the exponent moves.</summary>
    private const int KilogramPerLitreShift = 5;

    /// <summary>mol/L to mmol/L.</summary>
    private const int MolePerLitreShift = 3;

    /// <summary>Status bit 11: the meter's clock was at fault. MDER bit 11 of the status field means something else, so it is no bit there.</summary>
    private const ushort TimeFault = 0x0800;

    /// <summary>GATT bit n is MDER bit n; 11 is the time fault, 12 to 15 are reserved.</summary>
    private static readonly string[] StatusNames =
    [
        "device-battery-low", "sensor-malfunction", "sensor-sample-size-insufficient", "sensor-strip-insertion",
        "sensor-strip-type-incorrect", "sensor-result-too-high", "sensor-result-too-low", "sensor-temp-too-high", "sensor-temp-too-low",
        "sensor-read-interrupt", "device-gen-fault",
    ];

    public static Reading FromMeasurement(in GlucoseMeasurement m, SessionContext context)
    {
        NumericValue? glucose = Concentration(m);
        uint status = (uint)(m.Status.GetValueOrDefault() & GlucoseFeature.StatusSupport(context.GlucoseFeature));
        BitState[] events = BitStates.Events(status, StatusNames);
        ReadingValue? bits = events.Length == 0
            ? null
            : new BitsEnumerationValue(GlucoseTerms.DeviceStatus, events)
            {
                DerivedFrom = glucose is null ? null : 0,
                Subject = glucose?.Subject ?? ValueSubject.Patient,
            };
        return new Reading
        {
            Values = (glucose, bits) switch
            {
                (not null, not null) => [glucose, bits],
                (not null, null) => [glucose],
                (null, not null) => [bits],
                _ => [],
            },
            Timestamp = m.UserFacingTime,
            ClockFault = (m.Status.GetValueOrDefault() & TimeFault) != 0,
            SequenceNumber = m.SequenceNumber,
        };
    }

    private static NumericValue? Concentration(in GlucoseMeasurement m)
    {
        if (m.Concentration is not { } raw || m.TypeAndLocation is not { } typeAndLocation)
        {
            return null;
        }

        int type = typeAndLocation & 0x0F, location = typeAndLocation >> 4;
        MderFloat shifted = raw.Shift(m.InMolePerLitre ? MolePerLitreShift : KilogramPerLitreShift);
        return new NumericValue(
            GlucoseTerms.ConcentrationOf(type),
            shifted.ToValue(),
            m.InMolePerLitre ? Units.MillimolePerLitre : Units.MilligramPerDecilitre)
        {
            SupplementalTypes = GlucoseTerms.LocationOf(location),
            Subject = GlucoseTerms.SubjectOf(type, location),
        };
    }
}
