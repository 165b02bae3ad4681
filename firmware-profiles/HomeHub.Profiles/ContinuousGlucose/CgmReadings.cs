using HomeHub.Profiles.Glucose;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>From decoded records to readings (PHD IG: PhdNumericObservation and PhdBitsEnumerationObservation).</summary>
internal static class CgmReadings
{
    /// <summary>Cal/Temp bit 0: sensor and collector have to agree on the time again, so the session's start is not to be trusted.</summary>
    private const byte TimeSyncRequired = 0x01;

    /// <summary>By MDER bit. 1, 5 and 6 are no longer bits of this term; <see cref="DeviceStatusNames"/> has them.</summary>
    private static readonly string[] SensorStatusNames =
    [
        "sensor-session-stopped", "", "sensor-type-incorrect", "sensor-malfunction", "device-specific-alert", "", "",
        "sensor-calibration-not-allowed", "sensor-calibration-recommended", "sensor-calibration-required",
        "sensor-temp-too-high", "sensor-temp-too-low",
        "sensor-result-below-patient-low", "sensor-result-above-patient-high", "sensor-low-hypo", "sensor-high-hyper",
        "sensor-rate-decrease-exceeded", "sensor-rate-increase-exceeded", "sensor-result-too-low", "sensor-result-too-high",
    ];

    /// <summary>By MDER bit: 5, 16 and 25 are used here.</summary>
    private static readonly string[] DeviceStatusNames =
    [
        "", "", "", "", "", "device-status-error", "", "", "", "", "", "", "", "", "", "", "device-status-service-time-sync-required",
        "", "", "", "", "", "", "", "", "device-status-battery-low",
    ];

    public static Reading FromMeasurement(in CgmMeasurement m, SessionContext context)
    {
        uint support = CgmFeature.StatusSupport(context.CgmFeature);
        byte status = (byte)(m.Status & support), calibration = (byte)(m.CalibrationTemperature & (support >> 8));
        uint sensor = SensorEvents(status, calibration, (byte)(m.Warning & (support >> 16)));
        uint device = DeviceEvents(status, calibration);
        NumericValue glucose = Concentration(m, context);
        var values = new ReadingValue[1 + (m.Trend is null ? 0 : 1) + (sensor == 0 ? 0 : 1) + (device == 0 ? 0 : 1)];
        values[0] = glucose;
        int next = 1;
        if (m.Trend is { } trend)
        {
            values[next++] = new NumericValue(CgmTerms.Trend, trend.ToValue(), Units.MilligramPerDecilitreMinute) { Subject = glucose.Subject };
        }

        if (sensor != 0)
        {
            values[next++] = Bits(CgmTerms.SensorStatus, sensor, SensorStatusNames, glucose.Subject);
        }

        if (device != 0)
        {
            values[next] = Bits(CgmTerms.DeviceStatus, device, DeviceStatusNames, glucose.Subject);
        }

        return new Reading
        {
            Values = values,
            Timestamp = context.CgmSessionStart?.AddMinutes(m.TimeOffset),
            ClockFault = (m.CalibrationTemperature & TimeSyncRequired) != 0,
            SequenceNumber = m.TimeOffset,
            Octets = m.Octets,
        };
    }

    public static Reading FromRunTime(ushort hours) => new()
    {
        Values =
        [
            new NumericValue(CgmTerms.RunTime, MeasuredValue.Of(hours), Units.Hour)
            {
                Subject = ValueSubject.Device,
                Upload = UploadRule.OnChange,
            },
        ],
    };

    /// <summary>The kind of sample is the sensor's, told once by CGM Feature; where that was not read, it is what such sensors measure.</summary>
    private static NumericValue Concentration(in CgmMeasurement m, SessionContext context)
    {
        MdcTerm code = GlucoseTerms.InterstitialFluid;
        MdcTerm[] where = [];
        var subject = ValueSubject.Patient;
        if (context.CgmTypeAndLocation is { } typeAndLocation)
        {
            int type = typeAndLocation & 0x0F, location = typeAndLocation >> 4;
            code = GlucoseTerms.ConcentrationOf(type);
            where = location == CgmTerms.SubcutaneousLocation ? CgmTerms.Subcutaneous : GlucoseTerms.LocationOf(location);
            subject = GlucoseTerms.SubjectOf(type, location);
        }

        return new NumericValue(code, m.Concentration.ToValue(), Units.MilligramPerDecilitre) { SupplementalTypes = where, Subject = subject };
    }

    private static BitsEnumerationValue Bits(MdcTerm code, uint events, string[] names, ValueSubject subject) =>
        new(code, BitStates.Events(events, names)) { DerivedFrom = 0, Subject = subject };

    /// <summary>Status octet from MDER bit 0, Cal/Temp from 6, Warning from 12; bits that have no name here are left out.</summary>
    private static uint SensorEvents(byte status, byte calibration, byte warning) =>
        (status & 0x1Du) | ((calibration & 0x3Eu) << 6) | ((uint)warning << 12);

    /// <summary>General device fault (status bit 5), time synchronisation required (Cal/Temp bit 0), battery low (status bit 1).</summary>
    private static uint DeviceEvents(byte status, byte calibration) =>
        (status & 0x20u) | ((calibration & 0x01u) << 16) | ((status & 0x02u) << 24);
}
