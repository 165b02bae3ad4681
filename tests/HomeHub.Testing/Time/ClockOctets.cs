using System.Globalization;

namespace HomeHub.Testing.Time;

/// <summary>The octets of the steps of a <see cref="ClockCase"/>, by the GATT Specification Supplement.</summary>
public static class ClockOctets
{
    /// <summary>Service, characteristic and value of a step.</summary>
    public static (ushort Service, ushort Characteristic, byte[] Octets) Of(string[] words) => words[0] switch
    {
        "clock" => (0x1805, 0x2A2B, [.. Stamp(words[1]), 0, 0, 0]),
        "date" => (0x1810, 0x2A08, Stamp(words[1])),
        "bp" => (0x1810, 0x2A35, words[1] == "none" ? [0x00, 0x80, 0, 0x53, 0, 0x5D, 0] : [0x02, 0x80, 0, 0x53, 0, 0x5D, 0, .. Stamp(words[1])]),
        "temp" => (0x1809, 0x2A1C, words[1] == "none" ? [0x00, 0x60, 0x0E, 0, 0xFE] : [0x02, 0x60, 0x0E, 0, 0xFE, .. Stamp(words[1])]),
        "spo2" => (0x1822, 0x2A5E, [(byte)(words is [.., "unset"] ? 0x11 : 0x01), 0x61, 0, 0x60, 0, .. Stamp(words[1])]),
        "glucose" => (0x1808, 0x2A18, Glucose(words)),
        "start" => (0x181F, 0x2AAA, [.. Stamp(words[1]), (byte)sbyte.Parse(words[2], CultureInfo.InvariantCulture), byte.Parse(words[3], CultureInfo.InvariantCulture)]),
        "exercise" => (0x1808, 0x2A34, [0x08, .. Little(int.Parse(words[1], CultureInfo.InvariantCulture)), .. Little(int.Parse(words[2], CultureInfo.InvariantCulture)), 40]),
        "cgm" => (0x181F, 0x2AA7, [0x06, 0x00, 0x78, 0x00, .. Little(int.Parse(words[1], CultureInfo.InvariantCulture))]),
        _ => throw new ArgumentException($"There is no step {words[0]}."),
    };

    private static byte[] Glucose(string[] words)
    {
        string? offset = words.Skip(3).FirstOrDefault(word => word != "fault");
        bool isFault = words[^1] == "fault";
        return
        [
            (byte)(0x02 | (offset is null ? 0 : 0x01) | (isFault ? 0x08 : 0)), .. Little(int.Parse(words[1], CultureInfo.InvariantCulture)), .. Stamp(words[2]),
            .. offset is null ? [] : Little(int.Parse(offset, CultureInfo.InvariantCulture)), 0x78, 0xB0, 0x11, .. isFault ? [0x00, 0x08] : Array.Empty<byte>(),
        ];
    }

    /// <summary>A Date Time; its parts may be zero, which is "not known".</summary>
    private static byte[] Stamp(string text)
    {
        int[] parts = [.. text.Split('-', 'T', ':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return [.. Little(parts[0]), .. parts[1..].Select(part => (byte)part)];
    }

    private static byte[] Little(int value) => [(byte)value, (byte)(value >> 8)];
}
