using System.Globalization;
using System.Text.Json;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>What we decoded, under the names that the vectors use. Numbers compare by value, so 37.60 is 37.6 here; digits have tests of their own.</summary>
internal sealed class FactSheet
{
    private readonly Dictionary<string, object?> _facts = [];

    public object? this[string key]
    {
        set => _facts.Add(key, value);
    }

    public void MustHold(string key, JsonElement expected)
    {
        Assert.True(_facts.TryGetValue(key, out object? actual), $"nothing decoded is called '{key}'");
        Assert.True(Same(expected, actual), $"{key}: expected {expected.GetRawText()}, decoded {Show(actual)}");
    }

    private static bool Same(JsonElement expected, object? actual) => expected.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => actual is bool flag && flag == expected.GetBoolean(),
        JsonValueKind.String => Show(actual) == expected.GetString(),
        JsonValueKind.Number => Number(actual) == decimal.Parse(expected.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture),
        JsonValueKind.Array => actual is System.Collections.IEnumerable and not string
            && ((System.Collections.IEnumerable)actual).Cast<object?>().ToArray() is { } items
            && items.Length == expected.GetArrayLength()
            && items.Zip(expected.EnumerateArray()).All(pair => Same(pair.Second, pair.First)),
        JsonValueKind.Object => actual is FactSheet inner
            && expected.EnumerateObject().All(p => inner._facts.TryGetValue(p.Name, out object? fact) && Same(p.Value, fact)),
        _ => false,
    };

    private static decimal? Number(object? fact) => fact switch
    {
        MeasuredValue { IsPresent: true } value => value.Number,
        MderFloat raw => Number(raw.ToValue()),
        byte or sbyte or short or ushort or int or uint or long or decimal => Convert.ToDecimal(fact, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Show(object? fact) => fact switch
    {
        null => "nothing",
        MderFloat raw => Show(raw.ToValue()),
        MeasuredValue { Absence: AbsenceReason.NotANumber } => "NaN",
        MeasuredValue { Absence: AbsenceReason.PositiveInfinity } => "+INF",
        MeasuredValue { Absence: AbsenceReason.NegativeInfinity } => "-INF",
        MeasuredValue { Absence: AbsenceReason.Error } => "error",
        MeasuredValue { Absence: AbsenceReason.NotPerformed } => "not-performed",
        MeasuredValue value => value.Number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Show)) + "]",
        _ => Convert.ToString(fact, CultureInfo.InvariantCulture)!,
    };
}
