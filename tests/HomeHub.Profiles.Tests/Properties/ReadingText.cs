using System.Globalization;

namespace HomeHub.Profiles.Tests.Properties;

/// <summary>A decoded result in words, so that two can be compared whatever arrays they hold.</summary>
internal static class ReadingText
{
    public static string Of(DecodeResult result) =>
        $"{result.Error} | {result.Context} | {result.Device} | {result.Clock} | {string.Join(" ; ", result.Readings.Select(Of))}";

    public static string Of(Reading reading) =>
        $"{reading.Timestamp} {reading.ClockFault} {reading.SequenceNumber} {reading.UserIndex} {reading.Status} {reading.IsContext} "
        + string.Join(" , ", reading.Values.Select(Of));

    public static string Of(ReadingValue value)
    {
        string what = value switch
        {
            NumericValue n => $"{Of(n.Value)} {n.Unit.Ucum} {string.Join("+", n.SupplementalTypes)} {n.Duration}",
            CompoundNumericValue c => string.Join("/", c.Components.Select(p => $"{p.Code.Code}={Of(p.Value)} {p.Unit.Ucum} {p.Original} {p.OriginalUnit}")),
            CodedValue c => c.Value.ToString(),
            SampledValue s => string.Create(CultureInfo.InvariantCulture, $"{s.PeriodMilliseconds} {s.Unit.Ucum} {s.LastAtNanoseconds} {string.Join('/', s.Samples)}"),
            BitsEnumerationValue b => string.Join("/", b.Bits),
            _ => throw new InvalidOperationException($"a kind of value that no test knows: {value.GetType()}"),
        };
        return $"{value.Code.Code} {what} {value.Subject} {value.DerivedFrom} {value.AlsoDerivedFrom} {value.Upload}";
    }

    private static string Of(MeasuredValue value) =>
        value.IsPresent ? value.Number.ToString(CultureInfo.InvariantCulture) : value.Absence.ToString();
}
