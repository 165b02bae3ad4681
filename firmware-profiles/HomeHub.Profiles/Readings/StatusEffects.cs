namespace HomeHub.Profiles;

/// <summary>
/// What a record's <see cref="MeasurementStatus"/> does to its values: the two effects that change what is reported. The others
/// (interpretation, preliminary, security label) are told from <see cref="Reading.Status"/> when the reading is encoded.
/// </summary>
public static class StatusEffects
{
    /// <summary>What is kept on the hub: no measurement, or not one of a person.</summary>
    private const MeasurementStatus HeldBack = MeasurementStatus.Invalid | MeasurementStatus.NotAvailable | MeasurementStatus.TestData;

    /// <summary>
    /// The value under a status: absent for an error when the device calls it invalid, absent as not performed when it calls it not
    /// available. Invalid goes first, and either goes before the reason that a special number gives.
    /// </summary>
    public static MeasuredValue Apply(MeasurementStatus status, MeasuredValue value) =>
        (status & MeasurementStatus.Invalid) != 0 ? MeasuredValue.Absent(AbsenceReason.Error)
        : (status & MeasurementStatus.NotAvailable) != 0 ? MeasuredValue.Absent(AbsenceReason.NotPerformed)
        : value;

    /// <summary>How a value of the record goes up: never when it is invalid, not available or test data, else <paramref name="otherwise"/>.</summary>
    public static UploadRule Upload(MeasurementStatus status, UploadRule otherwise) =>
        (status & HeldBack) != 0 ? UploadRule.Never : otherwise;

    /// <summary>
    /// How the status bits of the record go up: also when the value is invalid or not available, for then they say why
    /// (sensor off, no signal); never when they are test data.
    /// </summary>
    public static UploadRule UploadEvents(MeasurementStatus status, UploadRule otherwise) =>
        (status & MeasurementStatus.TestData) != 0 ? UploadRule.Never : otherwise;
}
