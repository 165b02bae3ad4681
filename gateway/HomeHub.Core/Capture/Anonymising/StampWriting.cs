using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Profiles.ElapsedTime;
using HomeHub.Profiles.Wire;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>Moves the dates of standard characteristics, in place.</summary>
internal static class StampWriting
{
    private const int DateTimeOctets = 7, DayOfWeekOffset = 7;

    /// <summary>Octets of CGM Session Start Time without its E2E-CRC (CGM Service 1.0.2, 3.4).</summary>
    private const int SessionStartOctets = 9;

    /// <summary>Moves the Date Time (GATT Specification Supplement, 0x2A08) at the beginning of <paramref name="octets"/>.</summary>
    public static bool TryMove(Span<byte> octets, DateShift shift)
    {
        var reader = new WireReader(octets[..Math.Min(octets.Length, DateTimeOctets)]);
        PhdTimestamp stamp = reader.DateTime("Date Time");
        if (reader.Failed || !shift.TryMove(stamp, out PhdTimestamp moved))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(octets, moved.Year);
        octets[2] = moved.Month;
        octets[3] = moved.Day;
        return true;
    }

    /// <summary>Current Time (Current Time Service 1.1, 3.1): the day of the week goes with the date.</summary>
    public static bool MoveCurrentTime(Span<byte> octets, DateShift shift, SessionContext context)
    {
        ref byte weekday = ref octets[DayOfWeekOffset];
        weekday = weekday == 0 ? weekday : (byte)((((weekday - 1 - shift.Days) % 7) + 7) % 7 + 1);
        return TryMove(octets, shift);
    }

    /// <summary>CGM Session Start Time; its E2E-CRC, where there is one, is made anew.</summary>
    public static bool MoveSessionStart(Span<byte> octets, DateShift shift, SessionContext context)
    {
        bool isMoved = TryMove(octets, shift);
        if (octets.Length > SessionStartOctets)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(octets[SessionStartOctets..], E2eCrc.Of(octets[..SessionStartOctets]));
        }

        return isMoved;
    }

    /// <summary>
    /// Enhanced Blood Pressure Measurement: Time Stamp after <paramref name="pressureOctets"/> and the flags, User Facing Time at the end, both seconds
    /// (GATT Specification Supplement, 0x2B34 and 0x2B35).
    /// </summary>
    public static bool MoveEnhancedPressure(Span<byte> octets, int pressureOctets, DateShift shift)
    {
        bool isMoved = (octets[0] & 0x02) == 0 || TryMoveSeconds(octets[(1 + pressureOctets)..], shift);
        return isMoved && ((octets[0] & 0x20) == 0 || TryMoveSeconds(octets[^sizeof(uint)..], shift));
    }

    /// <summary>Current Elapsed Time (GATT Specification Supplement 3.82): the number after the flags. A tick counter tells no date.</summary>
    public static bool MoveElapsedTime(Span<byte> octets, DateShift shift, SessionContext context)
    {
        if (!CurrentElapsedTime.TryDecode(octets, out CurrentElapsedTime time, out _))
        {
            return false;
        }

        long moved = (long)time.TimeValue - (time.IsTickCounter ? 0 : shift.Days * 86_400L * time.UnitsPerSecond);
        if (moved < 0)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(octets[1..], (uint)moved);
        BinaryPrimitives.WriteUInt16LittleEndian(octets[5..], (ushort)(moved >> 32));
        return true;
    }

    private static bool TryMoveSeconds(Span<byte> octets, DateShift shift)
    {
        long moved = BinaryPrimitives.ReadUInt32LittleEndian(octets) - (shift.Days * 86_400L);
        if (moved < 0)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(octets, (uint)moved);
        return true;
    }
}
