using System.Buffers.Binary;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.CurrentTime;

namespace HomeHub.Core.Sessions;

/// <summary>The octets by which a device's clock is set.</summary>
internal static class ClockWriter
{
    private const byte ExternalReferenceUpdate = 0x02;

    /// <summary>Whether the hub sets this clock. It knows how to write Current Time and Date Time.</summary>
    public static bool CanSet(GattCharacteristic clock) =>
        clock.CanWrite && clock.Uuid.Short is CurrentTimeProfile.CurrentTimeUuid or CurrentTimeProfile.DateTimeUuid;

    /// <summary>The value for <paramref name="characteristic"/>: Current Time (Current Time Service 1.1, 3.1), or Date Time, both local.</summary>
    public static byte[] Write(ushort characteristic, DateTimeOffset now)
    {
        byte[] octets = new byte[characteristic == CurrentTimeProfile.CurrentTimeUuid ? 10 : 7];
        BinaryPrimitives.WriteUInt16LittleEndian(octets, (ushort)now.Year);
        octets[2] = (byte)now.Month;
        octets[3] = (byte)now.Day;
        octets[4] = (byte)now.Hour;
        octets[5] = (byte)now.Minute;
        octets[6] = (byte)now.Second;
        if (octets.Length > 7)
        {
            octets[7] = (byte)(now.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)now.DayOfWeek);
            octets[8] = (byte)(now.Millisecond * 256 / 1000);
            octets[9] = ExternalReferenceUpdate;
        }

        return octets;
    }

    /// <summary>How far a clock that was read is from the hub's local time; null when it shows no time that can be compared.</summary>
    public static TimeSpan? Deviation(ushort characteristic, byte[] octets, DateTimeOffset readAt)
    {
        DecodeResult result = ProfileRegistry.Decode(characteristic, octets, SessionContext.Empty);
        return result.Clock is { } clock && clock.TryGetLocal(out DateTime local) ? local - readAt.DateTime : null;
    }
}
