using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Streams;

/// <summary>
/// A minute of a stream as one record: all its notifications, as they came. Octets: format (1), how long it lasted in milliseconds (uint32, little-endian,
/// from the first to the last), then each notification with its length before it (uint8). No device sends it; it is what the hub keeps, and it is decoded
/// anew from the octets like any other record.
/// </summary>
public static class StreamMinute
{
    /// <summary>Most octets of a minute; what does not fit begins the next one.</summary>
    public const int MaxOctets = 4_096;

    /// <summary>Most octets of a notification in it.</summary>
    public const int MaxPayloadOctets = byte.MaxValue;

    /// <summary>Octets before the first notification.</summary>
    public const int HeadOctets = 5;

    private const byte Format = 1;

    /// <summary>Whether the notifications of a characteristic are kept by the minute.</summary>
    public static bool IsStream(BluetoothUuid characteristic) => StreamRule.Find(characteristic) is not null;

    /// <summary>
    /// Whether a notification may stand behind another in a minute. A waveform is one piece only while no sample is missing; what follows a gap begins a new one.
    /// </summary>
    public static bool Follows(BluetoothUuid characteristic, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> next) =>
        SampledIn(characteristic, next) is not { } piece || (SampledIn(characteristic, previous) is { } before && piece.Follows(before));

    private static SampledValue? SampledIn(BluetoothUuid characteristic, ReadOnlySpan<byte> octets) =>
        ProfileRegistry.Decode(characteristic, octets, SessionContext.Empty).Readings is [{ Values: [SampledValue piece] }] ? piece : null;

    /// <summary>Makes the record.</summary>
    /// <param name="payloads">Its notifications, in the order of reception; at least one, each with at most <see cref="MaxPayloadOctets"/>.</param>
    /// <param name="lasted">From the first to the last.</param>
    /// <exception cref="ArgumentException">There are none, one is too long, or together they are more than <see cref="MaxOctets"/>.</exception>
    public static byte[] Pack(IReadOnlyList<byte[]> payloads, TimeSpan lasted)
    {
        int size = HeadOctets + payloads.Sum(payload => 1 + payload.Length);
        if (payloads.Count == 0 || size > MaxOctets || payloads.Any(payload => payload.Length > MaxPayloadOctets))
        {
            throw new ArgumentException("No notification, or more than a minute holds.", nameof(payloads));
        }

        byte[] octets = new byte[size];
        octets[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(1), (uint)Math.Clamp(lasted.TotalMilliseconds, 0, uint.MaxValue));
        int at = HeadOctets;
        foreach (byte[] payload in payloads)
        {
            octets[at++] = (byte)payload.Length;
            payload.CopyTo(octets, at);
            at += payload.Length;
        }

        return octets;
    }

    /// <summary>How many notifications a minute holds; those that are whole, of one that is cut short.</summary>
    public static int Count(ReadOnlySpan<byte> octets)
    {
        int count = 0;
        for (int at = HeadOctets; at < octets.Length && at + octets[at] < octets.Length; at += 1 + octets[at])
        {
            count++;
        }

        return count;
    }

    /// <summary>
    /// Decodes a minute: one reading with the mean of each value, its lowest and highest, and every status bit that was set; of a waveform all samples as one piece. False notifications are an error at
    /// their own field, at its offset in the record.
    /// </summary>
    internal static DecodeResult Decode(CharacteristicDecoder decoder, ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        if (reader.UInt8("Format") != Format)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Format", 0);
        }

        uint milliseconds = reader.UInt32("Duration");
        if (StreamRule.Find(decoder.Characteristic) is not { } rule)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Format", 0);
            return DecodeResult.Rejected(reader.Error(decoder.Characteristic));
        }

        var reduction = new StreamReduction(rule, TimeSpan.FromMilliseconds(milliseconds));
        do
        {
            ReadOnlySpan<byte> payload = reader.Octets(reader.UInt8("Length"), "Notification");
            if (reader.Failed)
            {
                return DecodeResult.Rejected(reader.Error(decoder.Characteristic));
            }

            DecodeResult one = decoder.Decode(payload, context);
            if (one.Error is { } error)
            {
                return DecodeResult.Rejected(error with { Offset = error.Offset + reader.Offset - payload.Length });
            }

            foreach (Reading reading in one.Readings)
            {
                if (!reduction.TryAdd(reading))
                {
                    reader.Reject(DecodeErrorCode.FieldOutOfRange, "Notification", reader.Offset - payload.Length);
                    return DecodeResult.Rejected(reader.Error(decoder.Characteristic));
                }
            }
        }
        while (reader.Remaining > 0);
        return DecodeResult.Of(reduction.ToReading());
    }
}
