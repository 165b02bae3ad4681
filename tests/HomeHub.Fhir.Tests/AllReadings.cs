using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.RoomClimate;
using HomeHub.Profiles.Streams;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// Readings of every kind that is of people and their devices: what all decoders make of the captures and specification vectors of the profiles' tests, and of random octets
/// from a fixed seed, which reach the flags and reserved values that no capture has.
/// </summary>
internal static class AllReadings
{
    private const int Seed = 20260314;
    private const int RandomPayloads = 6000;
    private const int MaxOctets = 24;

    /// <summary>Different kinds of values are the point, not many of one kind.</summary>
    private const int MaxPerShape = 2;

    private static readonly Lazy<IReadOnlyList<AcquiredReading>> Made = new(Make);

    public static IReadOnlyList<AcquiredReading> All => Made.Value;

    /// <summary>Characteristics of which at least one payload gave a reading.</summary>
    public static IEnumerable<BluetoothUuid> Characteristics => All.Select(reading => reading.Characteristic).Distinct();

    private static List<AcquiredReading> Make()
    {
        var random = new Random(Seed);
        List<AcquiredReading> readings = [];
        Dictionary<string, int> shapes = [];
        foreach ((BluetoothUuid characteristic, byte[] octets, bool isMinute) in Vectors().Concat(RandomOctets(random)).SelectMany(WithMinute))
        {
            foreach (SessionContext context in Contexts.Select(context => context with { IsMinute = isMinute }))
            {
                DecodeResult result = ProfileRegistry.Decode(characteristic, octets, context);
                foreach (Reading reading in result.Readings)
                {
                    string shape = $"{characteristic}{isMinute}{ShapeOf(reading)}";
                    int seen = shapes.GetValueOrDefault(shape);
                    if (reading.Values.Length > 0 && seen < MaxPerShape)
                    {
                        shapes[shape] = seen + 1;
                        readings.Add(Acquire(characteristic, octets, context, reading, readings.Count));
                    }
                }
            }
        }

        return readings;
    }

    /// <summary>A value of a stream, and a minute of it.</summary>
    private static IEnumerable<(BluetoothUuid Characteristic, byte[] Octets, bool IsMinute)> WithMinute((BluetoothUuid Characteristic, byte[] Octets) one) =>
        StreamMinute.IsStream(one.Characteristic)
            ? [(one.Characteristic, one.Octets, false), (one.Characteristic, StreamMinute.Pack([one.Octets, one.Octets], TimeSpan.FromSeconds(59)), true)]
            : [(one.Characteristic, one.Octets, false)];

    private static readonly SessionContext[] Contexts =
    [
        SessionContext.Empty,
        new SessionContext
        {
            BloodPressureFeature = 0xFFFF,
            TemperatureType = 6,
            WeightScaleFeature = 0x7F,
            BodyCompositionFeature = 0x7FFF,
            BodySensorLocation = 1,
            PlxFeatures = 0xFFFF,
            PlxMeasurementStatusSupport = 0xFFFF,
            PlxSensorStatusSupport = 0xFFFFFF,
            GlucoseFeature = 0xFFFF,
            CgmFeature = 0,
            CgmTypeAndLocation = 0x59,
            OmronModel = "HEM-7142T2",
            CgmSessionStart = new PhdTimestamp(2026, 3, 14, 6, 0, 0, 4),
        },
    ];

    private static IEnumerable<(BluetoothUuid Characteristic, byte[] Octets)> Vectors()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Vectors");
        foreach (string file in (string[])["gatt-vectors.tsv", "spec-vectors.tsv"])
        {
            foreach (string line in File.ReadLines(Path.Combine(folder, file)))
            {
                string[] cells = line.Split('\t');
                if (cells is [_, _, _, _, ..] && BluetoothUuid.TryParse(cells[2].Replace("ADV-", "", StringComparison.Ordinal), out BluetoothUuid characteristic) && characteristic != RoomClimateProfile.RecordUuid)
                {
                    yield return (characteristic, Convert.FromHexString(cells[3]));
                }
            }
        }
    }

    private static IEnumerable<(BluetoothUuid Characteristic, byte[] Octets)> RandomOctets(Random random)
    {
        foreach (CharacteristicDecoder decoder in ProfileRegistry.All.Where(profile => profile != RoomClimateProfile.Profile).SelectMany(profile => profile.Decoders))
        {
            for (int i = 0; i < RandomPayloads; i++)
            {
                byte[] octets = new byte[random.Next(1, MaxOctets)];
                random.NextBytes(octets);
                if (i % 2 == 0)
                {
                    // CGM records start with their size.
                    octets[0] = (byte)octets.Length;
                }

                yield return (decoder.Characteristic, octets);
            }
        }
    }

    /// <summary>Codes, absences, supplemental types, subject, and status: what decides the shape of the resources.</summary>
    private static string ShapeOf(Reading reading) => $"{reading.Status} {reading.Timestamp is null} {reading.IsContext} " + string.Join(
        ' ',
        reading.Values.Select(value => value switch
        {
            NumericValue n => $"{n.Code.Code}/{n.Value.Absence}/{n.Unit.Ucum}/{n.Duration is null}/{string.Join('+', n.SupplementalTypes.Select(t => t.Code))}",
            CompoundNumericValue c => $"{c.Code.Code}/{string.Join('+', c.Components.Select(p => $"{p.Value.Absence}{p.Original is null}"))}",
            CodedValue c => $"{c.Code.Code}={c.Value.Code}",
            SampledValue s => $"{s.Code.Code}~{s.Unit.Ucum}",
            BitsEnumerationValue b => $"{b.Code.Code}:{b.Bits[0].Bit}",
            _ => throw new InvalidOperationException(value.GetType().Name),
        }));

    /// <summary>With a readable clock, with a clock that can't be read, or whose stamp can't be used: by turns.</summary>
    private static AcquiredReading Acquire(BluetoothUuid characteristic, byte[] octets, SessionContext context, Reading reading, int turn)
    {
        DateTimeOffset received = Samples.At("2026-03-14T09:00:00.250+01:00").AddMinutes(turn);
        GattProfile profile = ProfileRegistry.All.First(p => p.Decoders.Any(d => d.Characteristic == characteristic));
        PhdTimestamp? stamp = reading.Timestamp;
        StampUse use = stamp is null ? StampUse.None : reading.ClockFault ? StampUse.NotUsable : (StampUse)(1 + (turn % 3));
        return new AcquiredReading
        {
            Identity = RecordIdentity.Of(Samples.Cuff.Address, characteristic, stamp, (ushort)turn, received, octets),
            Device = Samples.Cuff with { Services = [profile.Service] },
            Patient = turn % 2 == 0 ? Samples.LogicalPatient : Samples.Patient,
            Service = profile.Service,
            Characteristic = characteristic,
            Octets = octets,
            Context = context,
            ReceivedAt = received,
            Effective = new EffectiveTime(
                use is StampUse.Mapped or StampUse.AsReported ? Samples.At("2026-03-14T08:59:30+01:00").AddMinutes(turn) : received, use),
            Stamp = stamp,
            ClockCheck = stamp is null ? null
                : use == StampUse.Mapped ? new ClockCheck(received, Samples.Stamp("2026-03-14T08:59:00", turn % 5 == 0 ? (sbyte)-14 : null))
                : new ClockCheck(received, null),
            Measurement = reading.IsContext ? new RecordIdentity(1, (ulong)turn) : null,
            MeasurementCode = reading.IsContext ? 160184u : 0,
            IdentifierTaken = turn % 7 == 0,
            Reading = reading,
        };
    }
}
