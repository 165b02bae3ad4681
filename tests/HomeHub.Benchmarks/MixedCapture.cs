using System.Buffers.Binary;
using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>
/// A capture of two people's devices: blood pressure (3 Observations), glucose, oximeter, thermometer and scale in turn. Monitor and meter
/// have readable clocks and hand over ten stored records a connection; the others send each record as it is taken.
/// </summary>
internal static class MixedCapture
{
    private const int Kinds = 5;
    private const int StoredPerConnection = 10;
    private static readonly DateTimeOffset First = new(2026, 1, 5, 6, 0, 0, TimeSpan.FromHours(1));

    public static void Write(string path, int readings)
    {
        using var file = new StreamWriter(path);
        for (int number = 0; number < readings; number++)
        {
            file.WriteLine(Line(number));
        }
    }

    /// <summary>A single blood pressure from a monitor that <see cref="Write"/> uses, later than all of its own.</summary>
    public static string LoneBloodPressure() => Line(1_000_000);

    /// <summary>The same, later, without status.</summary>
    public static string BloodPressureWithPulse() => Line(2_000_000, [0x06, 16]);

    /// <summary>The same, later still, without pulse and status.</summary>
    public static string BareBloodPressure() => Line(3_000_000, [0x02, 14]);

    /// <param name="number">Which.</param>
    /// <param name="cut">Other flags for a blood pressure, and how many octets then stay; null for the payload as it is.</param>
    private static string Line(int number, byte[]? cut = null)
    {
        int kind = number % Kinds;
        int round = number / Kinds;
        int person = round % 2;
        DateTimeOffset takenAt = First.AddSeconds(round * 30);
        bool isStored = kind < 2;
        int connection = round / 2 / StoredPerConnection;
        DateTimeOffset receivedAt = isStored
            ? First.AddSeconds(((connection + 1) * 2 * StoredPerConnection * 30) + person)
            : takenAt.AddSeconds(2);
        (string service, string characteristic, byte[] octets) = Payload(kind, round, takenAt);
        if (cut is [byte flags, byte length])
        {
            octets = [flags, .. octets.AsSpan(1, length - 1)];
        }

        string clock = isStored
            ? string.Create(CultureInfo.InvariantCulture, $",\"clock\":{{\"deviceTime\":\"{receivedAt.AddSeconds(-65):yyyy-MM-ddTHH:mm:ss}\",\"readAt\":\"{receivedAt:yyyy-MM-ddTHH:mm:sszzz}\"}}")
            : "";
        string session = isStored ? $"\"session\":\"{kind}-{person}-{connection}\"," : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{{session}\"service\":\"{service}\",\"characteristic\":\"{characteristic}\",\"hex\":\"{Convert.ToHexString(octets)}\",\"receivedAt\":\"{receivedAt:yyyy-MM-ddTHH:mm:sszzz}\",\"patient\":\"Patient/p{person + 1}\",\"device\":{{\"address\":\"C0:FF:EE:00:{person:X2}:{kind + 1:X2}\",\"manufacturer\":\"Example Medical\",\"model\":\"M-{kind}\",\"serial\":\"A{person}{kind}\",\"firmware\":\"1.2\"{clock}}}}}");
    }

    private static (string Service, string Characteristic, byte[] Octets) Payload(int kind, int round, DateTimeOffset takenAt)
    {
        byte[] octets;
        switch (kind)
        {
            case 0:
                octets = Convert.FromHexString("16800053006200000000000000004800" + "0400");
                BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)(105 + (round * 7 % 60)));
                BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(3), (ushort)(62 + (round * 5 % 35)));
                Stamp(octets.AsSpan(7), takenAt);
                octets[14] = (byte)(55 + (round % 50));
                return ("1810", "2A35", octets);
            case 1:
                octets = Convert.FromHexString("03000000000000000000" + "0000" + "00B0" + "11");
                BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)round);
                Stamp(octets.AsSpan(3), takenAt);
                octets[12] = (byte)(70 + (round * 11 % 150));
                return ("1808", "2A18", octets);
            case 2:
                octets = Convert.FromHexString("0000000000");
                octets[1] = (byte)(92 + (round % 8));
                octets[3] = (byte)(55 + (round * 3 % 50));
                return ("1822", "2A5E", octets);
            case 3:
                octets = Convert.FromHexString("04000000FE01");
                BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)(3600 + (round * 13 % 290)));
                return ("1809", "2A1C", octets);
            default:
                octets = Convert.FromHexString("000000");
                BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)(14000 + (round * 17 % 2000)));
                return ("181D", "2A9D", octets);
        }
    }

    private static void Stamp(Span<byte> octets, DateTimeOffset at)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(octets, (ushort)at.Year);
        octets[2] = (byte)at.Month;
        octets[3] = (byte)at.Day;
        octets[4] = (byte)at.Hour;
        octets[5] = (byte)at.Minute;
        octets[6] = (byte)at.Second;
    }
}
