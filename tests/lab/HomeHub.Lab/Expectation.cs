using System.Globalization;
using System.Text.Json;
using HomeHub.Profiles;
using Xunit;

namespace HomeHub.Lab;

/// <summary>An Observation that the relay must hold, told from the octets that a device sent: what was measured, the numbers, the true time.</summary>
/// <param name="Content">MDC code, and the numbers, each with its code.</param>
/// <param name="At">The true time.</param>
internal sealed record Expectation(string Content, DateTimeOffset At)
{
    private const string Mdc = "urn:iso:std:iso:11073:10101";

    /// <summary>The Observations of a record.</summary>
    public static IEnumerable<Expectation> Of(MeasuredRecord record)
    {
        DecodeResult result = ProfileRegistry.Decode(record.Characteristic, record.Octets, record.Context);
        Assert.Null(result.Error);
        return result.Readings.SelectMany(reading => reading.Values).Where(value => value.Upload == UploadRule.Always)
            .Select(value => new Expectation(ContentOf(value), record.At));
    }

    /// <summary>Asserts that each is among the Observations once, at its time, and that there are no others.</summary>
    public static void Match(IReadOnlyCollection<Expectation> expected, IReadOnlyCollection<JsonElement> observations, TimeSpan tolerance)
    {
        Assert.Equal(expected.Select(one => one.Content).Order(StringComparer.Ordinal), observations.Select(ContentOf).Order(StringComparer.Ordinal));
        List<(string Content, DateTimeOffset At)> open = [.. observations.Select(one => (ContentOf(one), TimeOf(one)))];
        foreach (Expectation one in expected)
        {
            int found = open.FindIndex(other => other.Content == one.Content && (other.At - one.At).Duration() <= tolerance);
            Assert.True(found >= 0, $"No Observation of {one.Content.Split(' ')[0]} at the time when it was measured, {one.At:O}: "
                + string.Join(' ', open.Where(other => other.Content == one.Content).Select(other => other.At.ToString("O", CultureInfo.InvariantCulture))));
            open.RemoveAt(found);
        }
    }

    private static string ContentOf(ReadingValue value) => value switch
    {
        NumericValue numeric => $"{value.Code.Code} {Number(numeric.Value.Number)}",
        CompoundNumericValue compound => string.Join(
            ' ', [$"{value.Code.Code}", .. compound.Components.Select(component => $"{component.Code.Code}={Number(component.Value.Number)}").Order(StringComparer.Ordinal)]),
        _ => $"{value.Code.Code}",
    };

    private static string ContentOf(JsonElement observation)
    {
        string code = MdcOf(observation);
        if (observation.TryGetProperty("valueQuantity", out JsonElement quantity))
        {
            return $"{code} {Number(quantity.GetProperty("value").GetDecimal())}";
        }

        IEnumerable<string> components = observation.TryGetProperty("component", out JsonElement list)
            ? list.EnumerateArray().Where(component => component.TryGetProperty("valueQuantity", out _))
                .Select(component => $"{MdcOf(component)}={Number(component.GetProperty("valueQuantity").GetProperty("value").GetDecimal())}")
            : [];
        return string.Join(' ', [code, .. components.Order(StringComparer.Ordinal)]);
    }

    private static string MdcOf(JsonElement coded) => coded.GetProperty("code").GetProperty("coding").EnumerateArray()
        .First(coding => coding.GetProperty("system").GetString() == Mdc).GetProperty("code").GetString()!;

    private static DateTimeOffset TimeOf(JsonElement observation) => observation.GetProperty("effectiveDateTime").GetDateTimeOffset();

    private static string Number(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
