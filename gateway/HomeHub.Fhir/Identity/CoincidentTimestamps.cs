using System.Buffers.Binary;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Identity;

/// <summary>UUIDs of Coincident Timestamps: namespace, device and reading time, and what the clock said, so that a fault and a comparison differ.</summary>
internal static class CoincidentTimestamps
{
    private const int NameBytes = 3 + 16 + 8 + 9;

    /// <summary>The UUID of a clock comparison of a device.</summary>
    public static Guid IdOf(Guid space, Guid device, ClockCheck check)
    {
        Span<byte> name = stackalloc byte[NameBytes];
        name.Clear();
        "cts"u8.CopyTo(name);
        device.TryWriteBytes(name[3..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[19..], check.ReadAt.UtcTicks);
        if (check.DeviceTime is { } time)
        {
            Span<byte> clock = name[27..];
            clock[0] = 1;
            BinaryPrimitives.WriteUInt16BigEndian(clock[1..], time.Year);
            clock[3] = time.Month;
            clock[4] = time.Day;
            clock[5] = time.Hour;
            clock[6] = time.Minute;
            clock[7] = time.Second;
            clock[8] = (byte)(time.OffsetQuarters ?? sbyte.MinValue);
        }

        return NameUuid.Create(space, name);
    }
}
