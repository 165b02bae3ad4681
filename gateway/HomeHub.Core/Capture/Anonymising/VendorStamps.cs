using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.TaiDocMeter;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>Moves the dates in vendors' records, in place. Layouts as the profiles' READMEs have them.</summary>
internal static class VendorStamps
{
    /// <summary>Both count their years from here.</summary>
    private const int Century = 2000;

    private const int PolarTimeOffset = 1;

    private const int OmronMaxYear = 0x3F, OmronCheckOctets = 2;
    private const int TaiDocTimeOffset = TaiDocFrame.Octets, TaiDocDateOffset = TaiDocTimeOffset + 2, TaiDocSumOffset = TaiDocTimeOffset + TaiDocFrame.Octets - 1;

    /// <summary>
    /// A slot of an Omron monitor's memory: year, and a word with month, day and hour. What stands behind the fields is not agreed on and may be a date too: it
    /// becomes zeros. The frame's last octet is made anew.
    /// </summary>
    public static bool MoveOmron(Span<byte> octets, DateShift shift, SessionContext context)
    {
        if (OmronMemoryMap.Find(context.OmronModel) is not { } map)
        {
            return false;
        }

        Span<byte> slot = octets[OmronFrame.HeaderOctets..^OmronCheckOctets];
        bool isLittle = map.Layout == OmronLayout.LittleEndian;
        ref byte year = ref slot[isLittle ? 3 : 2];
        int yearMask = isLittle ? OmronMaxYear : byte.MaxValue;
        ushort word = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(slot[4..]) : BinaryPrimitives.ReadUInt16BigEndian(slot[4..]);
        var stamp = new PhdTimestamp((ushort)(Century + (year & yearMask)), (byte)((word >> 10) & 0x0F), (byte)((word >> 5) & 0x1F), 0, 0, 0);
        if (!shift.TryMove(stamp, out PhdTimestamp moved) || moved.Year < Century)
        {
            return false;
        }

        year = (byte)((year & ~yearMask) | (moved.Year - Century));
        word = (ushort)((word & 0xC01F) | (moved.Month << 10) | (moved.Day << 5));
        if (isLittle)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], word);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(slot[4..], word);
        }

        slot[OmronRecord.FieldOctets..].Clear();
        octets[^1] = 0;
        byte parity = 0;
        foreach (byte octet in octets)
        {
            parity ^= octet;
        }

        octets[^1] = parity;
        return true;
    }

    /// <summary>A record of a TaiDoc meter: a word with year, month and day in the second of its three frames, whose sum is made anew.</summary>
    public static bool MoveTaiDoc(Span<byte> octets, DateShift shift, SessionContext context)
    {
        Span<byte> date = octets[TaiDocDateOffset..];
        ushort word = BinaryPrimitives.ReadUInt16LittleEndian(date);
        var stamp = new PhdTimestamp((ushort)(Century + (word >> 9)), (byte)((word >> 5) & 0x0F), (byte)(word & 0x1F), 0, 0, 0);
        if (!shift.TryMove(stamp, out PhdTimestamp moved) || moved.Year < Century)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(date, (ushort)(((moved.Year - Century) << 9) | (moved.Month << 5) | moved.Day));
        int sum = 0;
        foreach (byte octet in octets[TaiDocTimeOffset..TaiDocSumOffset])
        {
            sum += octet;
        }

        octets[TaiDocSumOffset] = (byte)sum;
        return true;
    }

    /// <summary>A frame of a Polar strap: nanoseconds since 2000, which are a date where an app has set the strap's clock.</summary>
    public static bool MovePolar(Span<byte> octets, DateShift shift, SessionContext context)
    {
        ulong by = (ulong)(TimeSpan.FromDays(shift.Days).Ticks * TimeSpan.NanosecondsPerTick), time = BinaryPrimitives.ReadUInt64LittleEndian(octets[PolarTimeOffset..]);
        if (time < by)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(octets[PolarTimeOffset..], time - by);
        return true;
    }
}
