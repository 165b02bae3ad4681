using System.Collections.Frozen;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Core.History;

/// <summary>Finds the vital signs in readings. Pure.</summary>
public static class VitalReader
{
    private const MeasurementStatus Doubt = MeasurementStatus.Questionable | MeasurementStatus.Calibrating | MeasurementStatus.EarlyEstimate;

    /// <summary>Numerics by MDC code; the panel of a blood pressure is read apart.</summary>
    private static readonly FrozenDictionary<uint, VitalSign> ByCode = new[]
    {
        (VitalSign.Pulse, new[] { BloodPressureTerms.PulseRate, PulseOximeterTerms.PulseRate }),
        (VitalSign.Glucose, [GlucoseTerms.Generic, .. Enumerable.Range(1, GlucoseTerms.ControlSolutionType - 1).Select(GlucoseTerms.ConcentrationOf)]),
        (VitalSign.Weight, [WeightScaleTerms.Weight]),
        (VitalSign.Temperature, [.. Enumerable.Range(0, 10).Select(type => TemperatureTerms.OfType((byte)type))]),
        (VitalSign.OxygenSaturation, [PulseOximeterTerms.OxygenSaturation]),
        (VitalSign.HeartRate, [HeartRateTerms.HeartRate]),
    }.SelectMany(one => one.Item2.Select(term => (one.Item1, term.Code))).Distinct().ToFrozenDictionary(one => one.Code, one => one.Item1);

    /// <summary>
    /// The vital signs of a reading; none where it was taken back, is test data, is about the device (control solution), is not understood any more, or when it was
    /// measured is not known. Of several
    /// values of one sign in a reading the first that is there stands for all: an oximeter tells its rate fast and slow.
    /// </summary>
    public static IReadOnlyList<VitalValue> Of(AcquiredReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.IsTakenBack || reading.Effective.Use == StampUse.NotUsable || !reading.TryDecode(out _) || (reading.Reading.Status & MeasurementStatus.TestData) != 0 ? [] : Find(reading);
    }

    /// <summary>What the number of a term is; null where it is none that a person looks at.</summary>
    public static VitalSign? SignOf(MdcTerm code) => ByCode.TryGetValue(code.Code, out VitalSign sign) ? sign : null;

    private static VitalValue[] Find(AcquiredReading reading)
    {
        var found = new SortedDictionary<VitalSign, VitalValue>();
        bool isDoubtful = (reading.Reading.Status & Doubt) != 0;
        foreach (ReadingValue value in reading.Reading.Values)
        {
            if (value.Subject == ValueSubject.Patient && Of(value, reading, isDoubtful) is { } vital && !(found.TryGetValue(vital.Sign, out VitalValue? known) && known.IsPresent))
            {
                found[vital.Sign] = vital;
            }
        }

        return [.. found.Values];
    }

    private static VitalValue? Of(ReadingValue value, AcquiredReading reading, bool isDoubtful) => value switch
    {
        NumericValue numeric when ByCode.TryGetValue(numeric.Code.Code, out VitalSign sign) =>
            new VitalValue(sign, reading.Effective.Instant, reading.Device.Address, numeric.Value, null, numeric.Unit, isDoubtful),
        CompoundNumericValue panel when panel.Code.Code == BloodPressureTerms.Panel.Code
            && Part(panel, BloodPressureTerms.Systolic) is { } systolic && Part(panel, BloodPressureTerms.Diastolic) is { } diastolic =>
            new VitalValue(VitalSign.BloodPressure, reading.Effective.Instant, reading.Device.Address, systolic.Value, diastolic.Value, systolic.Unit, isDoubtful),
        _ => null,
    };

    private static NumericComponent? Part(CompoundNumericValue panel, MdcTerm code) => Array.Find(panel.Components, component => component.Code.Code == code.Code);
}
