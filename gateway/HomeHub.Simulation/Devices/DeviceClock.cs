using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Simulation.Devices;

/// <summary>The clock of a simulated device: ahead or behind, gaining or losing. Safe for several threads.</summary>
internal sealed class DeviceClock(DateTimeOffset setAt, double offsetSeconds, double driftPpm, bool isSet = true)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _setAt = setAt;
    private double _offsetSeconds = offsetSeconds;
    private bool _isSet = isSet;

    /// <summary>What it shows at a true time.</summary>
    public PhdTimestamp At(DateTimeOffset now) => Told(Shown(now));

    /// <summary>Current Time (0x2A2B) at a true time.</summary>
    public byte[] ToCurrentTime(DateTimeOffset now)
    {
        DateTime shown = Shown(now);
        var writer = new WireWriter(stackalloc byte[10]);
        PhdTimestamp told = Told(shown);
        writer.DateTime(told);
        writer.UInt8((byte)(told.IsUnknown ? 0 : shown.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)shown.DayOfWeek));
        writer.UInt8((byte)(shown.Millisecond * 256 / 1000));
        writer.UInt8(0);
        return writer.ToArray();
    }

    /// <summary>Is set by Current Time; false when that is no time.</summary>
    public bool TrySet(ReadOnlySpan<byte> currentTime, DateTimeOffset now)
    {
        int year = BinaryPrimitives.ReadUInt16LittleEndian(currentTime);
        byte month = currentTime[2], day = currentTime[3], hour = currentTime[4], minute = currentTime[5], second = currentTime[6];
        bool isTime = year is >= PhdTimestamp.MinYear and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60;
        if (isTime)
        {
            Move((new DateTime(year, month, day, hour, minute, second) - now.DateTime).TotalSeconds, now);
        }

        return isTime;
    }

    /// <summary>Is so far ahead from now on.</summary>
    public void Move(double offset, DateTimeOffset now)
    {
        lock (_lock)
        {
            _isSet = true;
            _offsetSeconds = offset;
            _setAt = now;
        }
    }

    /// <summary>A clock that was never set knows no date.</summary>
    private PhdTimestamp Told(DateTime shown)
    {
        PhdTimestamp stamp = PhdTimestamp.FromLocal(shown);
        lock (_lock)
        {
            return _isSet ? stamp : stamp with { Year = 0, Month = 0, Day = 0 };
        }
    }

    private DateTime Shown(DateTimeOffset at)
    {
        lock (_lock)
        {
            return at.DateTime.AddSeconds(_offsetSeconds + ((at - _setAt).TotalSeconds * driftPpm / 1e6));
        }
    }
}
