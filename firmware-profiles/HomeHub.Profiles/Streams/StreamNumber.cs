namespace HomeHub.Profiles.Streams;

/// <summary>A number of a stream over a minute: sum, lowest, highest, last, and why there was none.</summary>
internal sealed class StreamNumber(NumericValue first)
{
    /// <summary>Beyond it a sum could not be told exactly; such a number counts as an error, as no quantity of the body is so large.</summary>
    private const decimal MaxMagnitude = 1e20m;

    private readonly Dictionary<AbsenceReason, int> _absences = [];
    private NumericValue? _last;
    private decimal _sum, _lowest, _highest;
    private int _count;
    private byte _decimals;

    /// <summary>What it is a number of.</summary>
    public MdcTerm Code => first.Code;

    /// <summary>Whether a value is of the same quantity, unit and kind.</summary>
    public bool IsOf(NumericValue value) => value.Code == first.Code && value.Unit == first.Unit && value.Subject == first.Subject
        && value.SupplementalTypes.AsSpan().SequenceEqual(first.SupplementalTypes);

    /// <summary>Adds a value; one without a number counts by its reason only.</summary>
    public void Add(NumericValue value)
    {
        MeasuredValue measured = value.Value;
        if (!measured.IsPresent || Math.Abs(measured.Number) > MaxMagnitude)
        {
            AbsenceReason reason = measured.IsPresent ? AbsenceReason.Error : measured.Absence;
            _absences[reason] = _absences.GetValueOrDefault(reason) + 1;
            return;
        }

        decimal number = measured.Number;
        _lowest = _count == 0 ? number : Math.Min(_lowest, number);
        _highest = _count == 0 ? number : Math.Max(_highest, number);
        _decimals = Math.Max(_decimals, number.Scale);
        _sum += number;
        _count++;
        _last = value;
    }

    /// <summary>
    /// The mean with the most decimals that the device sent, rounded half away from zero; or the last number of a total; or, where no value had a number, the
    /// reason that was given most often.
    /// </summary>
    public NumericValue ToValue(TimeSpan? duration, bool isTotal)
    {
        if (_last is not { } last)
        {
            AbsenceReason reason = _absences.MaxBy(absence => absence.Value).Key;
            return first with { Value = MeasuredValue.Absent(reason), Duration = duration };
        }

        if (isTotal)
        {
            return last;
        }

        // The sum with zero of the wanted scale keeps its zeros.
        decimal mean = decimal.Round(_sum / _count, _decimals, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, false, _decimals);
        return last with
        {
            Value = MeasuredValue.Of(mean),
            Duration = duration,
            Range = _count > 1 ? new NumericRange(_lowest, _highest) : null,
        };
    }
}
