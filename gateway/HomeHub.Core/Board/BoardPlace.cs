using System.Globalization;

namespace HomeHub.Core.Board;

/// <summary>
/// Where a part of the board is: <c>auto</c>, <c>off</c>, <c>gpio:/dev/gpiochip0:17</c>, <c>gpio:LINE-NAME</c>, <c>led:NAME</c>, <c>input:NAME</c>; then options, each after a comma: <c>active-low</c>,
/// <c>pull-up</c> and <c>pull-down</c> of a line, <c>key=148</c> of an input device.
/// </summary>
/// <param name="Kind">By what it is reached.</param>
/// <param name="Name">Name of line, light or input device; null where a line is given by chip and offset.</param>
public sealed record BoardPlace(BoardPlaceKind Kind, string? Name = null)
{
    /// <summary>Longest place, in characters.</summary>
    public const int MaxChars = 120;

    /// <summary>Greatest offset of a line on its chip.</summary>
    public const int MaxOffset = 65_535;

    /// <summary>KEY_MAX of linux/input-event-codes.h.</summary>
    public const int MaxKey = 0x2FF;

    /// <summary>Looked for under its usual names.</summary>
    public static BoardPlace Auto { get; } = new(BoardPlaceKind.Auto);

    /// <summary>Not wanted.</summary>
    public static BoardPlace Off { get; } = new(BoardPlaceKind.Off);

    /// <summary>The chip: <c>/dev/gpiochip0</c>; null where the line is given by its name.</summary>
    public string? Chip { get; init; }

    /// <summary>The line's offset on the chip, 0 to <see cref="MaxOffset"/>.</summary>
    public int Offset { get; init; }

    /// <summary>Whether the line is low where light or buzzer is on, or the button is pressed.</summary>
    public bool IsActiveLow { get; init; }

    /// <summary>What draws the line while nothing drives it.</summary>
    public BoardBias Bias { get; init; }

    /// <summary>Code of the key, 1 to <see cref="MaxKey"/>; null: any key of the device.</summary>
    public int? Key { get; init; }

    /// <summary>Reads a place; null when it is none.</summary>
    public static BoardPlace? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxChars || text.Any(char.IsControl))
        {
            return null;
        }

        string[] parts = text.Split(',');
        BoardPlace? place = ParseWhere(parts[0]);
        foreach (string option in parts.AsSpan(1))
        {
            place = place is null ? null : WithOption(place, option);
        }

        return place;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Kind switch
    {
        BoardPlaceKind.Auto => "auto",
        BoardPlaceKind.Off => "off",
        BoardPlaceKind.Led => $"led:{Name}",
        BoardPlaceKind.Input => $"input:{Name}" + (Key is { } key ? string.Create(CultureInfo.InvariantCulture, $",key={key}") : ""),
        _ => (Chip is null ? $"gpio:{Name}" : string.Create(CultureInfo.InvariantCulture, $"gpio:{Chip}:{Offset}"))
            + (IsActiveLow ? ",active-low" : "") + (Bias == BoardBias.PullUp ? ",pull-up" : Bias == BoardBias.PullDown ? ",pull-down" : ""),
    };

    private static BoardPlace? ParseWhere(string where)
    {
        if (where is "auto" or "off")
        {
            return where == "auto" ? Auto : Off;
        }

        int colon = where.IndexOf(':', StringComparison.Ordinal);
        string name = where[(colon + 1)..];
        return (colon < 0 || string.IsNullOrWhiteSpace(name) ? "" : where[..colon]) switch
        {
            "gpio" when name.StartsWith("/dev/", StringComparison.Ordinal) => ParseLine(name),
            "gpio" => new BoardPlace(BoardPlaceKind.Gpio, name),
            // A name is a folder of sysfs.
            "led" when !name.Contains('/', StringComparison.Ordinal) && name is not ("." or "..") => new BoardPlace(BoardPlaceKind.Led, name),
            "input" => new BoardPlace(BoardPlaceKind.Input, name),
            _ => null,
        };
    }

    private static BoardPlace? ParseLine(string line)
    {
        int colon = line.LastIndexOf(':');
        return colon > 0 && int.TryParse(line.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) && offset <= MaxOffset
            ? new BoardPlace(BoardPlaceKind.Gpio) { Chip = line[..colon], Offset = offset }
            : null;
    }

    private static BoardPlace? WithOption(BoardPlace place, string option) => (place.Kind, option) switch
    {
        (BoardPlaceKind.Gpio, "active-low") when !place.IsActiveLow => place with { IsActiveLow = true },
        (BoardPlaceKind.Gpio, "pull-up") when place.Bias == BoardBias.AsIs => place with { Bias = BoardBias.PullUp },
        (BoardPlaceKind.Gpio, "pull-down") when place.Bias == BoardBias.AsIs => place with { Bias = BoardBias.PullDown },
        (BoardPlaceKind.Input, _) when place.Key is null && option.StartsWith("key=", StringComparison.Ordinal)
            && int.TryParse(option.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int key) && key is > 0 and <= MaxKey => place with { Key = key },
        _ => null,
    };
}
