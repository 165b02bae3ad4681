using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.HeartRate;

/// <summary>
/// Heart Rate Measurement (0x2A37; Heart Rate Service 1.0, 3.1; GATT Specification Supplement, Heart Rate Measurement). It looks into the
/// octets that it was read from, so that intervals need no array of their own. Flag bits 5 to 7 are reserved and ignored.
/// </summary>
public readonly ref struct HeartRateMeasurement
{
    private readonly ReadOnlySpan<byte> _intervals;

    private HeartRateMeasurement(ushort heartRate, SensorContact contact, ushort? energy, ReadOnlySpan<byte> intervals)
    {
        HeartRate = heartRate;
        Contact = contact;
        Energy = energy;
        _intervals = intervals;
    }

    /// <summary>Beats a minute; 8 or 16 bit on the wire (flag bit 0).</summary>
    public ushort HeartRate { get; }

    /// <summary>Whether the sensor touches the skin (flag bits 1 and 2).</summary>
    public SensorContact Contact { get; }

    /// <summary>Energy Expended in kJ (flag bit 3), which stays at 65535 once reached; null when absent.</summary>
    public ushort? Energy { get; }

    /// <summary>Number of RR-Intervals (flag bit 4: at least one).</summary>
    public int RrIntervalCount => _intervals.Length / 2;

    /// <summary>The RR-Interval at a position, oldest first, in units of 1/1024 s.</summary>
    public ushort RrInterval(int index) => BinaryPrimitives.ReadUInt16LittleEndian(_intervals[(index * 2)..]);

    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out HeartRateMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        ushort heartRate = (flags & 0x01) != 0 ? reader.UInt16("Heart Rate Measurement Value") : reader.UInt8("Heart Rate Measurement Value");
        ushort? energy = (flags & 0x08) != 0 ? reader.UInt16("Energy Expended") : null;
        ReadOnlySpan<byte> intervals = (flags & 0x10) != 0 ? Intervals(ref reader) : default;
        bool understood = reader.End();
        measurement = new HeartRateMeasurement(heartRate, Contacts(flags), energy, intervals);
        error = understood ? default : reader.Error(HeartRateProfile.MeasurementUuid);
        return understood;
    }

    /// <summary>All the octets that are left, two an interval; the flag promises at least one, and half an interval is a cut payload.</summary>
    private static ReadOnlySpan<byte> Intervals(scoped ref WireReader reader)
    {
        int whole = Math.Max(2, reader.Remaining & ~1);
        ReadOnlySpan<byte> intervals = reader.Octets(whole, "RR-Interval");
        if (!reader.Failed && reader.Remaining > 0)
        {
            reader.Reject(DecodeErrorCode.Truncated, "RR-Interval", reader.Offset);
        }

        return intervals;
    }

    private static SensorContact Contacts(byte flags) => (flags & 0x06) switch
    {
        0x04 => SensorContact.NotDetected,
        0x06 => SensorContact.Detected,
        _ => SensorContact.NotSupported,
    };
}
