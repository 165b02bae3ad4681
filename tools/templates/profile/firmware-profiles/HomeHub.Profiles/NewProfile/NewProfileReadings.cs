namespace HomeHub.Profiles.NewProfile;

/// <summary>From the decoded characteristic to readings (PHD IG: TODO which kind of Observation).</summary>
internal static class NewProfileReadings
{
    /// <summary>TODO: what becomes of a record; special float values become a reason for absence by MderFloat.ToValue().</summary>
    public static Reading From(in NewProfileMeasurement measurement)
    {
        // TODO: one value for each Observation, with its term, unit and upload rule; time stamp, sequence number, user.
        _ = measurement;
        return new Reading { Values = [] };
    }
}
