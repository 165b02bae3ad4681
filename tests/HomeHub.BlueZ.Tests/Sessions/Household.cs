using System.Buffers.Binary;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Devices of a home, behind the stand-in.</summary>
internal static class Household
{
    /// <summary>2026-03-14 07:42:10.</summary>
    /// <summary>What the cuff's clock shows, always.</summary>
    public static readonly System.DateTime ClockShows = new(2026, 3, 14, 7, 42, 10);

    public static readonly byte[] DateTime = [0xEA, 0x07, 3, 14, 7, 42, 10];

    /// <summary>
    /// A blood pressure monitor that tells <paramref name="measurements"/> as soon as it is subscribed to: 2A35 (indicate), 2A49 (read), 2A08 (read, write),
    /// firmware and manufacturer (read).
    /// </summary>
    public static StandInDevice NewCuff(string address = "C0:FF:EE:00:00:01", int measurements = 1) => new(
        address,
        "Cuff",
        new StandInCharacteristic(0x180A, 0x2A29, 0x0002, "read") { Value = "Example"u8.ToArray() },
        new StandInCharacteristic(0x180A, 0x2A26, 0x0004, "read") { Value = "1.0"u8.ToArray() },
        new StandInCharacteristic(0x1810, 0x2A35, 0x0011, "indicate") { AtSubscription = [.. Enumerable.Range(0, measurements).Select(BloodPressure)] },
        new StandInCharacteristic(0x1810, 0x2A49, 0x0014, "read") { Value = [0x01, 0x00] },
        new StandInCharacteristic(0x1810, 0x2A08, 0x0016, "read", "write") { Value = DateTime })
    {
        Services = ["00001810-0000-1000-8000-00805f9b34fb"],
    };

    /// <summary>A blood pressure, measured that many minutes after another.</summary>
    public static byte[] BloodPressure(int number) => Convert.FromHexString($"1E80005300FF07EA07030E07{number:X2}0A4700010000");

    public static StandInCharacteristic Of(StandInDevice device, ushort uuid) => device.Characteristics.Single(characteristic => characteristic.Uuid == uuid);

    /// <summary>A glucose measurement with its Sequence Number.</summary>
    public static byte[] Glucose(ushort number)
    {
        byte[] octets = Convert.FromHexString($"030000EA07030E07{number % 60:X2}00000078B011");
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), number);
        return octets;
    }
}
