using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Battery;

/// <summary>From the level to a reading (PHD IG: PhdNumericObservation).</summary>
internal static class BatteryReadings
{
    public static Reading From(byte level) => new()
    {
        Values =
        [
            new NumericValue(BatteryTerms.Level, FixedPoint.Of(level, 0), Units.Percent)
            {
                Subject = ValueSubject.Device,
                Upload = UploadRule.OnChange,
            },
        ],
    };
}
