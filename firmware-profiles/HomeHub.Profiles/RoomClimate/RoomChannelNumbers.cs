using System.Globalization;

namespace HomeHub.Profiles.RoomClimate;

/// <summary>
/// What the kernel told of one channel of a sensor (Documentation/ABI/testing/sysfs-bus-iio): the number in thousandths of its unit, or what it is worked out from, <c>(raw + offset) × scale</c>.
/// </summary>
internal struct RoomChannelNumbers
{
    /// <summary>Longest number, in characters.</summary>
    public const int MaxChars = 24;

    private const int MaxWholeDigits = 9, MaxDecimals = 12;

    private const decimal Thousandth = 0.001m;

    private decimal? _input, _raw, _offset, _scale;

    /// <summary>True when nothing was told of the channel.</summary>
    public readonly bool IsEmpty => (_input ?? _raw ?? _offset ?? _scale) is null;

    /// <summary>Takes what one attribute holds; false when it is no number, or was taken before.</summary>
    public bool TryTake(RoomAttribute attribute, ReadOnlySpan<byte> text)
    {
        if (!TryRead(text, out decimal number))
        {
            return false;
        }

        switch (attribute)
        {
            case RoomAttribute.TemperatureInput or RoomAttribute.HumidityInput:
                return Take(ref _input, number);
            case RoomAttribute.TemperatureRaw or RoomAttribute.HumidityRaw:
                return Take(ref _raw, number);
            case RoomAttribute.TemperatureOffset or RoomAttribute.HumidityOffset:
                return Take(ref _offset, number);
            default:
                return Take(ref _scale, number);
        }
    }

    /// <summary>The value in the channel's unit, °C or %, with every digit that comes out; false where what was told is not just enough for one.</summary>
    public readonly bool TryWorkOut(out decimal value)
    {
        value = 0;
        if (_input is { } input)
        {
            value = input * Thousandth;
            return (_raw ?? _offset ?? _scale) is null;
        }

        if (_raw is not { } raw || _scale is not { } scale)
        {
            return false;
        }

        value = (raw + (_offset ?? 0)) * scale * Thousandth;
        return true;
    }

    private static bool Take(ref decimal? place, decimal number)
    {
        bool isFirst = place is null;
        place = number;
        return isFirst;
    }

    /// <summary>A number as the kernel prints it: digits, perhaps a minus before and a point within. Nothing is rounded, and nothing can be too large to be multiplied.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, out decimal number)
    {
        number = 0;
        ReadOnlySpan<byte> digits = text.StartsWith("-"u8) ? text[1..] : text;
        int point = digits.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? digits : digits[..point], decimals = point < 0 ? default : digits[(point + 1)..];
        return whole.Length is > 0 and <= MaxWholeDigits && decimals.Length <= MaxDecimals && (point < 0 || decimals.Length > 0)
            && whole.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
