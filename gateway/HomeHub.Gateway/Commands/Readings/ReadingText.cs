using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary>A reading in words for a person at a terminal.</summary>
internal static class ReadingText
{
    /// <summary>What was measured, without values: the first value's term, else the characteristic.</summary>
    public static string KindOf(AcquiredReading reading) =>
        reading.TryDecode(out _) && reading.Reading.Values is [var first, ..] && first.Code.RefId is { Length: > 0 } name ? name : reading.Characteristic.ToString();

    /// <summary>The values.</summary>
    public static IEnumerable<string> ValuesOf(AcquiredReading reading)
    {
        if (!reading.TryDecode(out _))
        {
            yield break;
        }

        foreach (ReadingValue value in reading.Reading.Values)
        {
            switch (value)
            {
                case NumericValue numeric:
                    yield return Number(numeric.Code, numeric.Value, numeric.Unit);
                    break;
                case CompoundNumericValue compound:
                    foreach (NumericComponent component in compound.Components)
                    {
                        yield return Number(component.Code, component.Value, component.Unit);
                    }

                    break;
                case CodedValue coded:
                    yield return $"{Name(coded.Code)} {Name(coded.Value)}";
                    break;
                case SampledValue waveform:
                    yield return string.Create(CultureInfo.InvariantCulture, $"{Name(waveform.Code)} {waveform.Samples.Length} samples");
                    break;
                case BitsEnumerationValue bits:
                    foreach (string set in bits.Bits.Where(bit => bit.IsSet).Select(bit => bit.Name))
                    {
                        yield return set;
                    }

                    break;
            }
        }
    }

    private static string Number(MdcTerm code, MeasuredValue value, Unit unit) => value.IsPresent
        ? string.Create(CultureInfo.InvariantCulture, $"{Name(code)} {value.Number} {unit.Ucum}")
        : $"{Name(code)} -";

    private static string Name(MdcTerm term) => string.IsNullOrEmpty(term.RefId) ? term.Code.ToString(CultureInfo.InvariantCulture) : term.RefId;
}
