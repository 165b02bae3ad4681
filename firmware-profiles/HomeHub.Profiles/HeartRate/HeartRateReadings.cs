using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.HeartRate;

/// <summary>From the decoded characteristic to readings (PHD IG: PhdNumericObservation, PhdBitsEnumerationObservation).</summary>
internal static class HeartRateReadings
{
    private static readonly BitState[] ContactLost = [new BitState(0, "leadwire-loss", true)];

    public static Reading From(in HeartRateMeasurement m)
    {
        bool contactLost = m.Contact == SensorContact.NotDetected;
        var values = new ReadingValue[1 + (contactLost ? 1 : 0) + (m.Energy is null ? 0 : 1) + m.RrIntervalCount];
        values[0] = new NumericValue(HeartRateTerms.HeartRate, FixedPoint.Of(m.HeartRate, 0), Units.BeatsPerMinute)
        {
            Upload = UploadRule.Throttled,
        };
        int next = 1;
        if (contactLost)
        {
            // One a second for as long as the strap is off: it goes the way of the heart rate that it explains.
            values[next++] = new BitsEnumerationValue(HeartRateTerms.Status, ContactLost) { DerivedFrom = 0, Upload = UploadRule.Throttled };
        }

        if (m.Energy is { } energy)
        {
            values[next++] = new NumericValue(HeartRateTerms.Energy, FixedPoint.Of(energy, 0), Units.Kilojoule) { Upload = UploadRule.Throttled };
        }

        for (int i = 0; i < m.RrIntervalCount; i++)
        {
            values[next++] = new NumericValue(HeartRateTerms.RrInterval, Milliseconds(m.RrInterval(i)), Units.Millisecond)
            {
                Upload = UploadRule.Never,
            };
        }

        return new Reading { Values = values };
    }

    /// <summary>
    /// raw × 1000 / 1024, which is raw × 0.9765625 and so always a decimal of at most seven places: told exactly, without rounding and
    /// without zeros that the division would not give.
    /// </summary>
    private static MeasuredValue Milliseconds(ushort raw) => FixedPoint.Of(raw * 9_765_625L, -7, 0);
}
