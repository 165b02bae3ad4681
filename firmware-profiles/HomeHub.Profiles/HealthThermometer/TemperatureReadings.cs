namespace HomeHub.Profiles.HealthThermometer;

/// <summary>From the decoded characteristic to readings (PHD IG: PhdNumericObservation).</summary>
internal static class TemperatureReadings
{
    /// <summary>A finished measurement, or an early estimate that the final one will replace: that one stays on the hub.</summary>
    public static Reading From(in TemperatureMeasurement m, SessionContext context, bool isIntermediate)
    {
        // The record's own type goes first: 2A1D is only there for thermometers that leave it out.
        MdcTerm code = TemperatureTerms.OfType(m.Type ?? context.TemperatureType);
        MeasurementStatus status = isIntermediate ? MeasurementStatus.EarlyEstimate : MeasurementStatus.None;
        return new Reading
        {
            Values =
            [
                new NumericValue(
                    code, StatusEffects.Apply(status, m.Temperature.ToValue()), m.InFahrenheit ? Units.Fahrenheit : Units.Celsius)
                {
                    Upload = StatusEffects.Upload(status, isIntermediate ? UploadRule.Never : UploadRule.Always),
                },
            ],
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
            Status = status,
        };
    }
}
