using System.Text;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.RoomClimate;

/// <summary>
/// What a sensor of the room told at a moment. One octet says how many numbers there are; each is an octet that says which one it is (<see cref="RoomAttribute"/>), one that says how long it is,
/// and its text as the kernel printed it.
/// </summary>
/// <param name="TemperatureCelsius">Temperature in °C, -40 to 85; null where the sensor has none.</param>
/// <param name="HumidityPercent">Relative humidity in %, 0 to 100; null where the sensor has none.</param>
public readonly record struct RoomClimateRecord(decimal? TemperatureCelsius, decimal? HumidityPercent)
{
    /// <summary>Lowest and highest temperature that sensors of rooms are made for, in °C.</summary>
    public const decimal MinCelsius = -40, MaxCelsius = 85;

    /// <summary>Lowest and highest relative humidity that there is, in %.</summary>
    public const decimal MinPercent = 0, MaxPercent = 100;

    /// <summary>Most numbers of a record: raw, offset and scale of two channels.</summary>
    public const int MaxNumbers = 6;

    /// <summary>Decimals of a value: thousandths are what the kernel counts in. What drivers print beyond comes of their arithmetic, and of no sensor.</summary>
    private const int Decimals = 3;

    private const int ChannelMask = 0xF0, TemperatureChannel = 0x00;

    /// <summary>Reads a record. A value that can't be is an error: what says it is kept, and nobody takes it for the room's.</summary>
    /// <param name="octets">The octets.</param>
    /// <param name="record">What they say.</param>
    /// <param name="error">What is wrong with them.</param>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out RoomClimateRecord record, out DecodeError error)
    {
        var reader = new WireReader(octets);
        RoomChannelNumbers temperature = default, humidity = default;
        int count = reader.UInt8("Numbers");
        if (!reader.Failed && count is 0 or > MaxNumbers)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Numbers", 0);
        }

        for (int i = 0; i < count && !reader.Failed; i++)
        {
            int at = reader.Offset;
            var attribute = (RoomAttribute)reader.UInt8("Attribute");
            int length = reader.UInt8("Length");
            ReadOnlySpan<byte> text = reader.Octets(length, "Number");
            ref RoomChannelNumbers channel = ref ((int)attribute & ChannelMask) == TemperatureChannel ? ref temperature : ref humidity;
            if (!reader.Failed && (!Enum.IsDefined(attribute) || !channel.TryTake(attribute, text)))
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Number", at);
            }
        }

        if (reader.End() && !Holds(temperature, MinCelsius, MaxCelsius))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Temperature", 0);
        }

        if (!reader.Failed && !Holds(humidity, MinPercent, MaxPercent))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Humidity", 0);
        }

        error = reader.Failed ? reader.Error(RoomClimateProfile.RecordUuid) : default;
        record = reader.Failed ? default : new RoomClimateRecord(ValueOf(temperature), ValueOf(humidity));
        return !reader.Failed;
    }

    /// <summary>Writes a record of what the kernel printed; null where it can't be one: no numbers, too many, or none of the length that numbers have.</summary>
    public static byte[]? Write(IReadOnlyList<(RoomAttribute Attribute, string Text)> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Count is 0 or > MaxNumbers || numbers.Any(number => number.Text.Length is 0 or > RoomChannelNumbers.MaxChars || !Ascii.IsValid(number.Text)))
        {
            return null;
        }

        List<byte> octets = [(byte)numbers.Count];
        foreach ((RoomAttribute attribute, string text) in numbers)
        {
            octets.Add((byte)attribute);
            octets.Add((byte)text.Length);
            octets.AddRange(Encoding.ASCII.GetBytes(text));
        }

        return [.. octets];
    }

    private static bool Holds(in RoomChannelNumbers channel, decimal min, decimal max) => channel.IsEmpty || (channel.TryWorkOut(out decimal value) && value >= min && value <= max);

    private static decimal? ValueOf(in RoomChannelNumbers channel) => channel.TryWorkOut(out decimal value) ? Math.Round(value, Decimals) : null;
}
