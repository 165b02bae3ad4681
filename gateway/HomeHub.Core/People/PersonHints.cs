using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.People;

/// <summary>
/// Who a reading that is nobody's might be of, by what the people's last values were. For the eyes of a person who decides; it never decides, and says
/// nothing unless one person fits clearly.
/// </summary>
public sealed class PersonHints
{
    /// <summary>Values of a person and a term that are looked at, the last ones.</summary>
    public const int MaxValues = 20;

    /// <summary>Values below which a person has no usual value.</summary>
    public const int MinValues = 3;

    /// <summary>How far a value may lie from the usual one, as a part of it, to fit.</summary>
    public const decimal MaxDistance = 0.10m;

    /// <summary>How many times as far as the person who fits the next one must lie.</summary>
    public const decimal MinLead = 2m;

    private readonly Dictionary<PatientReference, Dictionary<(uint Code, string Unit), Queue<decimal>>> _known = [];

    /// <summary>Learns from a person's reading; readings come oldest first. What was taken back teaches nothing.</summary>
    public void Note(AcquiredReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading.IsTakenBack || reading.Patient.IsNobody || !reading.TryDecode(out _))
        {
            return;
        }

        if (!_known.TryGetValue(reading.Patient, out var values))
        {
            _known[reading.Patient] = values = [];
        }

        foreach (((uint, string) key, decimal number) in NumbersOf(reading))
        {
            if (!values.TryGetValue(key, out Queue<decimal>? last))
            {
                values[key] = last = new Queue<decimal>();
            }

            last.Enqueue(number);
            if (last.Count > MaxValues)
            {
                last.Dequeue();
            }
        }
    }

    /// <summary>Whom it fits; null when it fits nobody, or more than one.</summary>
    public PatientReference? Suggest(AcquiredReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (!reading.TryDecode(out _))
        {
            return null;
        }

        List<((uint, string) Key, decimal Number)> numbers = [.. NumbersOf(reading)];
        (PatientReference Patient, decimal Distance)[] distances =
        [
            .. from person in _known
               let distance = DistanceOf(person.Value, numbers)
               where distance is not null
               orderby distance
               select (person.Key, distance.Value),
        ];
        return distances is [var nearest, ..] && nearest.Distance <= MaxDistance
            && (distances.Length == 1 || distances[1].Distance > Math.Max(MaxDistance, MinLead * nearest.Distance))
            ? nearest.Patient
            : null;
    }

    /// <summary>The largest distance of any of the numbers from the person's median, as a part of it; null when one has no median.</summary>
    private static decimal? DistanceOf(Dictionary<(uint, string), Queue<decimal>> values, List<((uint, string) Key, decimal Number)> numbers)
    {
        decimal? largest = null;
        foreach (((uint, string) key, decimal number) in numbers)
        {
            if (!values.TryGetValue(key, out Queue<decimal>? last) || last.Count < MinValues || MedianOf(last) is not (> 0 and var median))
            {
                return null;
            }

            decimal distance = Math.Abs(number - median) / median;
            largest = largest > distance ? largest : distance;
        }

        return largest;
    }

    private static decimal MedianOf(Queue<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static IEnumerable<((uint Code, string Unit) Key, decimal Number)> NumbersOf(AcquiredReading reading)
    {
        foreach (ReadingValue value in reading.Reading.Values)
        {
            if (value is NumericValue { Value.IsPresent: true } numeric)
            {
                yield return ((numeric.Code.Code, numeric.Unit.Ucum), numeric.Value.Number);
            }
            else if (value is CompoundNumericValue compound)
            {
                foreach (NumericComponent component in compound.Components)
                {
                    if (component.Value.IsPresent)
                    {
                        yield return ((component.Code.Code, component.Unit.Ucum), component.Value.Number);
                    }
                }
            }
        }
    }
}
