using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PulseOximeter;

/// <summary>What a vendor's oximeter shows, under the words of the vectors.</summary>
internal static class LiveFacts
{
    public static void Collect(DecodeResult result, FactSheet facts)
    {
        facts["readings"] = result.Readings.Length;
        if (result.Readings is not [var reading])
        {
            return;
        }

        Assert.Null(reading.Timestamp);
        Assert.All(reading.Values, value => Assert.Equal(UploadRule.Throttled, value.Upload));
        facts["spo2"] = Number(reading, PulseOximeterTerms.OxygenSaturation)?.Value;
        facts["pulse_bpm"] = Number(reading, PulseOximeterTerms.PulseRate)?.Value;
        facts["perfusion"] = Number(reading, PulseOximeterTerms.PulseAmplitudeIndex)?.Value;
    }

    private static NumericValue? Number(Reading reading, MdcTerm code) => reading.Values.Cast<NumericValue>().SingleOrDefault(value => value.Code == code);
}
