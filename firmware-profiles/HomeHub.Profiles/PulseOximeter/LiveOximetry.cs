using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>Readings of vendors' oximeters that tell what they show, many times a minute and without a time.</summary>
internal static class LiveOximetry
{
    /// <summary>Values that are there, each throttled as any stream; no reading where there is none, for then the oximeter only says that it can't tell.</summary>
    /// <param name="saturation">SpO2 in per cent; null when the oximeter has none.</param>
    /// <param name="pulseRate">Pulse rate in beats a minute; null when the oximeter has none.</param>
    /// <param name="amplitude">Pulse amplitude (perfusion) index in per cent; null when it has none or does not tell it.</param>
    public static DecodeResult Of(int? saturation, int? pulseRate, MderFloat? amplitude = null)
    {
        List<ReadingValue> values = [];
        Add(values, PulseOximeterTerms.OxygenSaturation, Whole(saturation), Units.Percent);
        Add(values, PulseOximeterTerms.PulseRate, Whole(pulseRate), Units.BeatsPerMinute);
        if (values.Count > 0)
        {
            Add(values, PulseOximeterTerms.PulseAmplitudeIndex, amplitude, Units.Percent);
        }

        return values.Count > 0 ? DecodeResult.Of(new Reading { Values = [.. values] }) : default;
    }

    private static MderFloat? Whole(int? number) => number is { } known ? MderFloat.Fixed(known, 0) : null;

    private static void Add(List<ReadingValue> values, MdcTerm code, MderFloat? number, Unit unit)
    {
        if (number is { } known)
        {
            values.Add(new NumericValue(code, known.ToValue(), unit) { Upload = UploadRule.Throttled });
        }
    }
}
