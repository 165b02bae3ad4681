using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.WeightScale;
using HomeHub.Profiles.Wire;

namespace HomeHub.Core.ManualEntries;

/// <summary>
/// From what a person enters to octets of the standard characteristic, so that it is kept, decoded and sent like any record
/// (docs/decisions/0013). Decodes what it wrote and compares: what does not come back as it was said is refused, never rounded.
/// </summary>
public static class ManualEntryEncoder
{
    /// <summary>How far ahead of the hub's clock an entry may be: clocks of phones and hubs differ by seconds.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(1);

    /// <summary>Earliest year that an entry may name.</summary>
    public const int MinYear = 1900;

    private const byte NotUsed = 0;

    /// <summary>Octets of the longest record that is made, that of glucose.</summary>
    private const int MaxOctets = 13;

    private const string TooManyDigits = "a value has more digits than can be kept";

    /// <summary>Steps of a scale's feature that keep 1, 2 and 3 decimals of a kilogram (Weight Scale Service 1.0, 3.1.1: 0.1 kg, 0.01 kg, 0.005 kg).</summary>
    private static readonly uint[] KilogramSteps = [3, 3, 6, 7];

    /// <summary>Likewise 0, 1 and 2 decimals of a pound (1 lb, 0.1 lb, 0.01 lb).</summary>
    private static readonly uint[] PoundSteps = [1, 4, 7];

    /// <summary>Makes the reading.</summary>
    /// <param name="entry">What was entered.</param>
    /// <param name="enteredAt">When it was entered. It does not make the reading another one: see <see cref="ManualEntryIdentity"/>.</param>
    /// <param name="now">Now.</param>
    public static ManualEntryResult Encode(ManualEntry entry, DateTimeOffset enteredAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.At > now + MaxAhead)
        {
            return Refuse("the time lies in the future, by the hub's clock");
        }

        if (entry.At.Year < MinYear || entry.Patient.IsNobody)
        {
            return Refuse(entry.Patient.IsNobody ? "whose it is was not said" : "the time can't be right");
        }

        if (ManualBounds.Check(entry) is { } unlikely)
        {
            return Refuse(unlikely);
        }

        var writer = new WireWriter(stackalloc byte[MaxOctets]);
        (BluetoothUuid Service, BluetoothUuid Characteristic, SessionContext context, string? Error) = entry.Kind switch
        {
            ManualKind.Weight => Weight(entry, ref writer),
            ManualKind.BloodPressure => BloodPressure(entry, ref writer),
            ManualKind.Temperature => Temperature(entry, ref writer),
            ManualKind.Glucose => Glucose(entry, ref writer),
            ManualKind.OxygenSaturation => Saturation(entry, ref writer),
            _ => Wrong("there is no such kind"),
        };
        if (Error is not null)
        {
            return Refuse(Error);
        }

        byte[] octets = writer.ToArray();
        context = context with { IsEnteredByHand = true };
        DecodeResult decoded = ProfileRegistry.Decode(Characteristic, octets, context);
        if (decoded.Error is not null || decoded.Readings is not [var reading] || !Says(reading, entry))
        {
            return Refuse("it can't be kept as it was said");
        }

        return new ManualEntryResult(
            new AcquiredReading
            {
                Identity = ManualEntryIdentity.Of(entry, Characteristic),
                Device = ManualEntryDevice.Descriptor,
                Patient = entry.Patient,
                Service = Service,
                Characteristic = Characteristic,
                Octets = octets,
                Context = context,
                ReceivedAt = enteredAt,
                Effective = new EffectiveTime(entry.At, StampUse.None),
            },
            null);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) Weight(ManualEntry entry, ref WireWriter writer)
    {
        bool isImperial = entry.Unit == "lb";
        uint[] steps = isImperial ? PoundSteps : KilogramSteps;
        decimal value = entry.Value!.Value;
        decimal raw = isImperial ? value * 100 : value * 200;
        if (value.Scale >= steps.Length || raw != decimal.Truncate(raw) || raw is <= 0 or >= WeightMeasurement.Unsuccessful)
        {
            return Wrong("a weight is kept in steps of 0.005 kg or 0.01 lb");
        }

        writer.UInt8((byte)(isImperial ? 1 : 0));
        writer.UInt16((ushort)raw);
        return (WeightScaleProfile.Profile.Service, WeightScaleProfile.MeasurementUuid, new SessionContext { WeightScaleFeature = steps[value.Scale] << 3 }, null);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) BloodPressure(ManualEntry entry, ref WireWriter writer)
    {
        writer.UInt8((byte)((entry.Unit == "kPa" ? 1 : 0) | (entry.Pulse is null ? 0 : 4)));
        bool fits = SaidNumber.TrySFloat(ref writer, entry.Systolic) && SaidNumber.TrySFloat(ref writer, entry.Diastolic)
            && SaidNumber.TrySFloat(ref writer, null) && (entry.Pulse is null || SaidNumber.TrySFloat(ref writer, entry.Pulse));
        return (BloodPressureProfile.Profile.Service, BloodPressureProfile.MeasurementUuid, SessionContext.Empty, fits ? null : TooManyDigits);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) Temperature(ManualEntry entry, ref WireWriter writer)
    {
        writer.UInt8((byte)(entry.Unit == "F" ? 1 : 0));
        bool fits = SaidNumber.TryFloat(ref writer, entry.Value!.Value);
        return (HealthThermometerProfile.Profile.Service, HealthThermometerProfile.MeasurementUuid, SessionContext.Empty, fits ? null : TooManyDigits);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) Glucose(ManualEntry entry, ref WireWriter writer)
    {
        // Capillary Whole blood (1), Sample Location value not available (15): Glucose Service 1.0.1, 3.1.1.5 and 3.1.1.6.
        const byte typeAndLocation = 0xF1;
        bool inMole = entry.Unit == "mmol/L";
        writer.UInt8((byte)(0x02 | (inMole ? 0x04 : 0)));
        writer.UInt16(NotUsed);
        writer.DateTime(PhdTimestamp.FromLocal(entry.At.DateTime));
        bool fits = SaidNumber.TrySFloat(ref writer, entry.Value, inMole ? -3 : -5);
        writer.UInt8(typeAndLocation);
        return (GlucoseProfile.Profile.Service, GlucoseProfile.MeasurementUuid, SessionContext.Empty, fits ? null : TooManyDigits);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) Saturation(ManualEntry entry, ref WireWriter writer)
    {
        writer.UInt8(0);
        bool fits = SaidNumber.TrySFloat(ref writer, entry.Value) && SaidNumber.TrySFloat(ref writer, entry.Pulse);
        return (PulseOximeterProfile.Profile.Service, PulseOximeterProfile.SpotCheckUuid, SessionContext.Empty, fits ? null : TooManyDigits);
    }

    /// <summary>Whether the decoded record says exactly what was entered: each value equal and with no fewer decimals.</summary>
    private static bool Says(Reading reading, ManualEntry entry)
    {
        decimal?[] said = [entry.Value, entry.Systolic, entry.Diastolic, entry.Pulse];
        List<decimal> told = [];
        foreach (ReadingValue value in reading.Values)
        {
            switch (value)
            {
                case NumericValue { Value.IsPresent: true } numeric:
                    told.Add(numeric.Value.Number);
                    break;
                case CompoundNumericValue compound:
                    told.AddRange(compound.Components.Where(component => component.Value.IsPresent).Select(component => (component.Original ?? component.Value).Number));
                    break;
            }
        }

        decimal[] expected = [.. said.OfType<decimal>()];
        return expected.Length == told.Count && expected.Zip(told).All(pair => pair.First == pair.Second && pair.Second.Scale >= pair.First.Scale);
    }

    private static (BluetoothUuid, BluetoothUuid, SessionContext, string?) Wrong(string error) => (default, default, SessionContext.Empty, error);

    private static ManualEntryResult Refuse(string error) => new(null, error);
}
