using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Naming;

namespace HomeHub.Web.Texts;

/// <summary>
/// A language of the pages: its texts and how it writes dates and numbers, all in one file, <c>Texts/eu.json</c>. The program runs without the system's cultures
/// (it is small so), hence what they would tell stands in the file too.
/// </summary>
public sealed class Language
{
    private readonly Dictionary<string, string> _texts;
    private readonly CultureInfo _culture;

    private Language(string code, Dictionary<string, string> texts)
    {
        (Code, _texts) = (code, texts);
        _culture = CultureOf(texts);
    }

    /// <summary>Code of the language, BCP 47: <c>eu</c>.</summary>
    public string Code { get; }

    /// <summary>The language's own name.</summary>
    public string Name => Text("format.name");

    /// <summary>All keys, for the tests that compare languages.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Reads a language's file.</summary>
    /// <exception cref="InvalidDataException">It is not built in, or not a flat JSON object of texts.</exception>
    public static Language Load(string code)
    {
        using Stream file = typeof(Language).Assembly.GetManifestResourceStream($"texts/{code}.json") ?? throw new InvalidDataException($"There is no language {code}.");
        using var document = JsonDocument.Parse(file);
        return new Language(code, document.RootElement.EnumerateObject().ToDictionary(
            entry => entry.Name, entry => entry.Value.GetString() ?? throw new InvalidDataException($"{code}.json: {entry.Name} is no text."), StringComparer.Ordinal));
    }

    /// <summary>A text with values in place of its <c>{name}</c>s.</summary>
    /// <param name="key">Key, as it stands in every language's file.</param>
    /// <param name="values">What stands for each name. A number is written as the language does.</param>
    /// <exception cref="KeyNotFoundException">There is no such text; a test finds that for each key that is used.</exception>
    public string Text(string key, params (string Name, object Value)[] values)
    {
        string text = _texts.TryGetValue(key, out string? found) ? found : throw new KeyNotFoundException($"{Code}.json has no text {key}.");
        foreach ((string name, object value) in values)
        {
            text = text.Replace($"{{{name}}}", value is IFormattable formattable ? formattable.ToString(null, _culture) : value.ToString(), StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A text that counts: <c>key.one</c> or <c>key.other</c>, in which <c>{count}</c> stands for the number.</summary>
    public string Count(string key, long count, params (string Name, object Value)[] values) =>
        Text(count == 1 ? key + ".one" : key + ".other", [("count", Number(count)), .. values]);

    /// <summary>The text of one of several that a program tells apart: <c>prefix.kebab-case-name</c>.</summary>
    /// <param name="prefix">What all of them begin with.</param>
    /// <param name="value">Which one.</param>
    /// <param name="values">What stands for each name in it.</param>
    public string Text<T>(string prefix, T value, params (string Name, object Value)[] values)
        where T : struct, Enum => Text($"{prefix}.{KebabName.Of(value)}", values);

    /// <summary>A whole number.</summary>
    public string Number(long value) => value.ToString("#,0", _culture);

    /// <summary>A measured value, digit by digit as it was measured: zeros at its end stay.</summary>
    public string Number(decimal value) => value.ToString(_culture);

    /// <summary>A date.</summary>
    public string Date(DateTimeOffset at) => at.ToString(Text("format.date"), _culture);

    /// <summary>A time of day.</summary>
    public string Time(DateTimeOffset at) => at.ToString(Text("format.time"), _culture);

    /// <summary>Date and time of day.</summary>
    public string Moment(DateTimeOffset at) => Text("format.moment", ("date", Date(at)), ("time", Time(at)));

    /// <summary>How long something takes or lasts, roughly, in words.</summary>
    public string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 90 } => Count("span.seconds", Math.Max(0, (long)Math.Ceiling(span.TotalSeconds))),
        { TotalMinutes: < 90 } => Count("span.minutes", (long)Math.Ceiling(span.TotalMinutes)),
        { TotalHours: < 36 } => Count("span.hours", (long)Math.Round(span.TotalHours)),
        _ => Count("span.days", (long)Math.Round(span.TotalDays)),
    };

    /// <summary>How long ago something was, in words.</summary>
    public string Ago(DateTimeOffset at, DateTimeOffset now) => now - at < TimeSpan.FromSeconds(1) ? Text("span.now") : Text("span.ago", ("span", Span(now - at)));

    private static CultureInfo CultureOf(Dictionary<string, string> texts)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = texts["format.decimal"];
        culture.NumberFormat.NumberGroupSeparator = texts["format.group"];
        string[] months = [.. texts["format.months"].Split('|'), ""];
        culture.DateTimeFormat.MonthNames = months;
        culture.DateTimeFormat.MonthGenitiveNames = months;
        return CultureInfo.ReadOnly(culture);
    }
}
