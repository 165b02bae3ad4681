using System.Buffers.Binary;
using HomeHub.Profiles;
using HomeHub.Simulation.Wire;

namespace HomeHub.Simulation.Devices;

/// <summary>The clock of a simulated device: ahead or behind, gaining or losing. Safe for several threads.</summary>
internal sealed class DeviceClock(DateTimeOffset setAt, double offsetSeconds, double driftPpm)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _setAt = setAt;
    private double _offsetSeconds = offsetSeconds;

    /// <summary>What it shows at a true time.</summary>
    public PhdTimestamp At(DateTimeOffset now) => PhdTimestamp.FromLocal(Shown(now));

    /// <summary>Current Time (0x2A2B) at a true time.</summary>
    public byte[] ToCurrentTime(DateTimeOffset now)
    {
        DateTime shown = Shown(now);
        var writer = new WireWriter(stackalloc byte[10]);
        writer.DateTime(PhdTimestamp.FromLocal(shown));
        writer.UInt8((byte)(shown.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)shown.DayOfWeek));
        writer.UInt8((byte)(shown.Millisecond * 256 / 1000));
        writer.UInt8(0);
        return writer.ToArray();
    }

    /// <summary>Is set by Current Time.</summary>
    public void Set(ReadOnlySpan<byte> currentTime, DateTimeOffset now)
    {
        var told = new DateTime(
            BinaryPrimitives.ReadUInt16LittleEndian(currentTime), currentTime[2], currentTime[3], currentTime[4], currentTime[5], currentTime[6]);
        Move((told - now.DateTime).TotalSeconds, now);
    }

    /// <summary>Is so far ahead from now on.</summary>
    public void Move(double offset, DateTimeOffset now)
    {
        lock (_lock)
        {
            _offsetSeconds = offset;
            _setAt = now;
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
