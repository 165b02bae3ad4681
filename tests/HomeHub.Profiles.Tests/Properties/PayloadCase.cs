using FsCheck;
using FsCheck.Fluent;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Properties;

/// <summary>A payload for one characteristic, in a connection that told something before.</summary>
internal sealed record PayloadCase(BluetoothUuid Characteristic, byte[] Octets, int ContextSeed)
{
    private const int MaxOctets = 64;

    private static readonly BluetoothUuid[] Decoded =
        ProfileRegistry.All.SelectMany(profile => profile.Decoders).Select(decoder => decoder.Characteristic).ToArray();

    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(value => (byte)value);

    /// <summary>Any octets at all.</summary>
    public static Arbitrary<PayloadCase> Any => Arb.From(
        from characteristic in Gen.Elements(Decoded)
        from length in Gen.Choose(0, MaxOctets)
        from octets in Gen.ArrayOf(Octet, length)
        from context in Gen.Choose(0, int.MaxValue)
        select new PayloadCase(characteristic, octets, context),
        Shrink);

    /// <summary>A vector with some octets changed, cut off or added: gets past the flags, where random octets seldom do.</summary>
    public static Arbitrary<PayloadCase> NearVector => Arb.From(
        from vector in Gen.Elements(GattVectors.Valid.ToArray())
        from changes in Gen.ListOf(Gen.Choose(0, 255), 4)
        from end in Gen.Choose(-3, 3)
        from tail in Gen.ArrayOf(Octet, 3)
        from context in Gen.Choose(0, int.MaxValue)
        select new PayloadCase(vector.Uuid, Change(vector.Octets, [.. changes], end, tail), context),
        Shrink);

    /// <summary>What the connection told before: each field there or not, of any value.</summary>
    public SessionContext Context
    {
        get
        {
            var random = new Random(ContextSeed);
            return new SessionContext
            {
                BloodPressureFeature = Maybe<ushort>(() => (ushort)random.Next(0x10000)),
                TemperatureType = Maybe<byte>(() => (byte)random.Next(0x100)),
                WeightScaleFeature = Maybe<uint>(() => (uint)random.NextInt64(0x1_0000_0000)),
                BodyCompositionFeature = Maybe<uint>(() => (uint)random.NextInt64(0x1_0000_0000)),
                BodySensorLocation = Maybe<byte>(() => (byte)random.Next(0x100)),
                PlxFeatures = Maybe<ushort>(() => (ushort)random.Next(0x10000)),
                PlxMeasurementStatusSupport = Maybe<ushort>(() => (ushort)random.Next(0x10000)),
                PlxSensorStatusSupport = Maybe<uint>(() => (uint)random.Next(0x100_0000)),
                GlucoseFeature = Maybe<ushort>(() => (ushort)random.Next(0x10000)),
                CgmFeature = Maybe<uint>(() => (uint)random.Next(0x100_0000)),
                CgmTypeAndLocation = Maybe<byte>(() => (byte)random.Next(0x100)),
                OmronModel = random.Next(4) == 0 ? null : OmronMemoryMap.All[random.Next(OmronMemoryMap.All.Count)].Model,
                CgmSessionStart = Maybe(() => new PhdTimestamp(
                    (ushort)random.Next(10_000), (byte)random.Next(13), (byte)random.Next(32), (byte)random.Next(24), (byte)random.Next(60),
                    (byte)random.Next(60), random.Next(2) == 0 ? null : (sbyte)random.Next(-48, 65))),
            };

            TValue? Maybe<TValue>(Func<TValue> value)
                where TValue : struct => random.Next(2) == 0 ? null : value();
        }
    }

    public DecodeResult Decode() => ProfileRegistry.Decode(Characteristic, Octets, Context);

    public override string ToString() => $"{Characteristic} {Convert.ToHexString(Octets)} in context {ContextSeed}";

    private static IEnumerable<PayloadCase> Shrink(PayloadCase payload) =>
        payload.Octets.Length == 0 ? [] : [payload with { Octets = payload.Octets[..^1] }];

    /// <summary>Pairs of numbers are positions and values; the end is cut or grown.</summary>
    private static byte[] Change(byte[] octets, int[] changes, int end, byte[] tail)
    {
        for (int i = 0; i + 1 < changes.Length && octets.Length > 0; i += 2)
        {
            octets[changes[i] % octets.Length] = (byte)changes[i + 1];
        }

        return end <= 0 ? octets[..Math.Max(0, octets.Length + end)] : [.. octets, .. tail.AsSpan(0, end)];
    }
}
