using System.Buffers.Binary;
using System.Security.Cryptography;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Core.Sessions;

/// <summary>A stored record, as far as its transfer is concerned.</summary>
/// <param name="SequenceNumber">Its Sequence Number, 0 to 65535; of a CGM the Time Offset in minutes; 0 where it has none.</param>
/// <param name="OctetsHash">First eight bytes of the SHA-256 over its octets, of a CGM over the session's start and its octets.</param>
public readonly record struct StoredRecord(ushort SequenceNumber, ulong OctetsHash)
{
    private const int CgmTimeOffsetAt = 4;

    /// <summary>Its User Facing Time; null where it has none, or one that is unknown.</summary>
    public PhdTimestamp? Time { get; init; }

    /// <summary>Reads the records of a notification; none where the characteristic has no stored records, or the octets are no record.</summary>
    /// <param name="characteristic">16-bit UUID of the characteristic.</param>
    /// <param name="octets">The notification.</param>
    /// <param name="sessionKey">For a CGM what its session start said (2AAA); empty where it is not known.</param>
    public static StoredRecord[] Read(ushort characteristic, ReadOnlySpan<byte> octets, ReadOnlySpan<byte> sessionKey) => characteristic switch
    {
        GlucoseProfile.MeasurementUuid when octets.Length >= 3 => [OfGlucose(octets)],
        PulseOximeterProfile.SpotCheckUuid when octets.Length > 0 => [new StoredRecord(0, Hash([], octets))],
        CgmProfile.MeasurementUuid => OfSensor(octets, sessionKey),
        _ => [],
    };

    /// <summary>Whether it is the record that was marked.</summary>
    public bool Is(RecordMark mark) => mark.SequenceNumber == SequenceNumber && mark.OctetsHash == OctetsHash;

    /// <summary>
    /// Whether it was stored after <paramref name="other"/>, as far as both tell: by their times, else by their numbers, which may have wrapped around
    /// between them (the shorter way round counts).
    /// </summary>
    public bool IsNewerThan(StoredRecord other)
    {
        if (Time is { } mine && other.Time is { } its && mine.TryGetLocal(out DateTime one) && its.TryGetLocal(out DateTime two) && one != two)
        {
            return one > two;
        }

        return (short)(SequenceNumber - other.SequenceNumber) > 0;
    }

    /// <summary>The mark that it makes.</summary>
    public RecordMark ToMark(ushort service) => new(service, SequenceNumber, OctetsHash) { Time = Time };

    /// <summary>Also one that is no measurement (filler of unused memory) has a number, as its transfer goes on behind it.</summary>
    private static StoredRecord OfGlucose(ReadOnlySpan<byte> octets) =>
        new(BinaryPrimitives.ReadUInt16LittleEndian(octets[1..]), Hash([], octets))
        {
            Time = GlucoseMeasurement.TryDecode(octets, out GlucoseMeasurement measurement, out _) ? measurement.UserFacingTime : null,
        };

    private static StoredRecord[] OfSensor(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> sessionKey)
    {
        var records = new StoredRecord[CgmMeasurement.CountRecords(octets)];
        for (int i = 0; i < records.Length; i++)
        {
            int size = Math.Min(octets[0], octets.Length);
            if (size < CgmMeasurement.MinSizeOctets)
            {
                return records[..i];
            }

            records[i] = new StoredRecord(BinaryPrimitives.ReadUInt16LittleEndian(octets[CgmTimeOffsetAt..]), Hash(sessionKey, octets[..size]));
            octets = octets[size..];
        }

        return records;
    }

    private static ulong Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> octets)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (key.IsEmpty)
        {
            SHA256.HashData(octets, hash);
        }
        else
        {
            SHA256.HashData([.. key, .. octets], hash);
        }

        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
