using System.Buffers.Binary;

namespace HomeHub.Profiles.OmronMemory;

/// <summary>One slot of a monitor's memory.</summary>
/// <param name="Systolic">In mmHg.</param>
/// <param name="Diastolic">In mmHg.</param>
/// <param name="PulseRate">In beats a minute; 0 when there is none.</param>
/// <param name="Timestamp">Local time by the monitor's clock. Seconds of 60 to 63, which monitors store, are 59 here.</param>
/// <param name="HasMoved">The body moved.</param>
/// <param name="IsIrregular">The pulse was irregular.</param>
public readonly record struct OmronRecord(int Systolic, int Diastolic, byte PulseRate, PhdTimestamp Timestamp, bool HasMoved, bool IsIrregular)
{
    /// <summary>Octets that hold the fields; what follows in a slot is not agreed on.</summary>
    public const int FieldOctets = 8;

    private const int SystolicOffset = 25, MaxRawSystolic = 0xE1, Century = 2000, LastSecond = 59;

    /// <summary>True for a slot that holds no record: all ones, or nothing but zeros in its fields.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> slot) => !slot.ContainsAnyExcept((byte)0xFF) || !slot[..FieldOctets].ContainsAnyExcept((byte)0x00);

    /// <summary>Reads a slot of at least <see cref="FieldOctets"/> that is not empty; false with the field that can't be one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> slot, OmronLayout layout, out OmronRecord record, out string field, out int offset)
    {
        bool isLittle = layout == OmronLayout.LittleEndian;
        byte systolic = slot[isLittle ? 0 : 1], diastolic = slot[isLittle ? 1 : 0], pulse = slot[isLittle ? 2 : 3];
        int year = isLittle ? slot[3] & 0x3F : slot[2];
        ushort date = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(slot[4..]) : BinaryPrimitives.ReadUInt16BigEndian(slot[4..]);
        ushort time = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(slot[6..]) : BinaryPrimitives.ReadUInt16BigEndian(slot[6..]);
        var stamp = new PhdTimestamp(
            (ushort)(Century + year), (byte)((date >> 10) & 0x0F), (byte)((date >> 5) & 0x1F), (byte)(date & 0x1F), (byte)((time >> 6) & 0x3F),
            (byte)Math.Min(time & 0x3F, LastSecond));
        record = new OmronRecord(systolic + SystolicOffset, diastolic, pulse, stamp, (date & 0x8000) != 0, (date & 0x4000) != 0);
        bool isDate = stamp is { Month: <= 12, Hour: <= 23, Minute: <= 59 } && stamp.TryGetLocal(out _);
        (field, offset) = (systolic, diastolic, isDate) switch
        {
            ( > MaxRawSystolic, _, _) => ("Systolic", isLittle ? 0 : 1),
            (_, 0, _) => ("Diastolic", isLittle ? 1 : 0),
            (_, _, false) => ("Time Stamp", 4),
            _ => ("", 0),
        };
        return field.Length == 0;
    }
}
