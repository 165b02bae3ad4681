namespace HomeHub.Profiles.Streams;

/// <summary>Makes one reading of many: rule 6.5 and docs/decisions/0026.</summary>
internal sealed class StreamReduction(StreamRule rule, TimeSpan lasted)
{
    private const MeasurementStatus OfAny = MeasurementStatus.Questionable | MeasurementStatus.Calibrating | MeasurementStatus.EarlyEstimate
        | MeasurementStatus.TestData | MeasurementStatus.ManuallyEntered;

    private const MeasurementStatus Unusable = MeasurementStatus.Invalid | MeasurementStatus.NotAvailable;

    private readonly List<StreamNumber> _numbers = [];
    private readonly List<(BitsEnumerationValue First, int? DerivedFrom, SortedDictionary<byte, BitState> Bits)> _bits = [];
    private readonly List<int> _samples = [];
    private SampledValue? _waveform;
    private MeasurementStatus _any, _all = (MeasurementStatus)ushort.MaxValue;
    private bool _isUsable, _clockFault;
    private PhdTimestamp? _stamp;
    private int _count;

    /// <summary>Adds a reading; false for a piece of a waveform that does not follow the one before.</summary>
    public bool TryAdd(Reading reading)
    {
        foreach (SampledValue piece in reading.Values.OfType<SampledValue>())
        {
            if (_waveform is { } before && !piece.Follows(before))
            {
                return false;
            }

            _waveform = piece;
            _samples.AddRange(piece.Samples);
        }

        Add(reading);
        return true;
    }

    private void Add(Reading reading)
    {
        _stamp = _count++ == 0 ? reading.Timestamp : _stamp;
        _clockFault |= reading.ClockFault;
        _any |= reading.Status;
        _all &= reading.Status;
        _isUsable |= (reading.Status & Unusable) == 0;
        foreach (ReadingValue value in reading.Values)
        {
            if (value is NumericValue numeric && Array.IndexOf(rule.LeftOut, numeric.Code) < 0)
            {
                NumberOf(numeric).Add(numeric);
            }
            else if (value is BitsEnumerationValue bits)
            {
                AddBits(bits, reading);
            }
        }
    }

    /// <summary>The reading of all that were added.</summary>
    public Reading ToReading()
    {
        bool isTest = (_any & MeasurementStatus.TestData) != 0;
        TimeSpan? duration = lasted > TimeSpan.Zero && _count > 1 ? lasted : null;
        IEnumerable<ReadingValue> numbers = _numbers.Select(number => number.ToValue(duration, Array.IndexOf(rule.LastOnly, number.Code) >= 0));
        IEnumerable<ReadingValue> bits = _bits.Select(seen => seen.First with { Bits = [.. seen.Bits.Values], DerivedFrom = seen.DerivedFrom });
        IEnumerable<ReadingValue> pieces = _waveform is { } last ? [last with { Samples = [.. _samples] }] : [];
        return new Reading
        {
            Values = [.. numbers.Concat(bits).Concat(pieces).Select(value => isTest ? value with { Upload = UploadRule.Never } : value)],
            Timestamp = _stamp,
            ClockFault = _clockFault,
            Status = (_any & OfAny) | (_all & MeasurementStatus.Validated) | (_isUsable ? MeasurementStatus.None : WhyUnusable()),
        };
    }

    private MeasurementStatus WhyUnusable() => (_any & MeasurementStatus.Invalid) != 0 ? MeasurementStatus.Invalid : _any & Unusable;

    private StreamNumber NumberOf(NumericValue value)
    {
        StreamNumber? known = _numbers.Find(number => number.IsOf(value));
        if (known is null)
        {
            known = new StreamNumber(value);
            _numbers.Add(known);
        }

        return known;
    }

    private void AddBits(BitsEnumerationValue bits, Reading reading)
    {
        int found = _bits.FindIndex(seen => seen.First.Code == bits.Code && seen.First.Subject == bits.Subject);
        if (found < 0)
        {
            int? from = bits.DerivedFrom is { } at && reading.Values[at] is NumericValue measured ? _numbers.IndexOf(NumberOf(measured)) : null;
            found = _bits.Count;
            _bits.Add((bits, from, []));
        }

        foreach (BitState bit in bits.Bits)
        {
            bool wasSet = _bits[found].Bits.TryGetValue(bit.Bit, out BitState before) && before.IsSet;
            _bits[found].Bits[bit.Bit] = bit with { IsSet = bit.IsSet || wasSet };
        }
    }
}
