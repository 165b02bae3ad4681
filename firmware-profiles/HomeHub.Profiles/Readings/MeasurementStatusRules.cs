namespace HomeHub.Profiles;

/// <summary>
/// What a record's <see cref="MeasurementStatus"/> does to its values. The one place where it is decided, so that every profile decides
/// alike (docs: a status-based reason for absence wins over a special float value; invalid first, then not available).
/// </summary>
public static class MeasurementStatusRules
{
    private const MeasurementStatus NoValue = MeasurementStatus.Invalid | MeasurementStatus.NotAvailable;

    /// <summary>The value that remains of <paramref name="value"/>: none when the device calls the record invalid or has no value to give.</summary>
    public static MeasuredValue Apply(this MeasurementStatus status, MeasuredValue value) =>
        (status & MeasurementStatus.Invalid) != 0 ? MeasuredValue.Absent(AbsenceReason.Error)
        : (status & MeasurementStatus.NotAvailable) != 0 ? MeasuredValue.Absent(AbsenceReason.NotPerformed)
        : value;

    /// <summary>
    /// How a measured value goes up: never when the record is invalid, has no value, or is test data; otherwise as the profile says.
    /// </summary>
    /// <param name="status">Status of the record.</param>
    /// <param name="rule">What the profile asks for.</param>
    public static UploadRule UploadOfValue(this MeasurementStatus status, UploadRule rule = UploadRule.Always) =>
        (status & (NoValue | MeasurementStatus.TestData)) != 0 ? UploadRule.Never : rule;

    /// <summary>
    /// How events of a record (status bits, sensor annunciations) go up: also when the measurement itself is invalid, because they say
    /// why; never when the record is test data.
    /// </summary>
    /// <param name="status">Status of the record.</param>
    /// <param name="rule">What the profile asks for.</param>
    public static UploadRule UploadOfEvents(this MeasurementStatus status, UploadRule rule = UploadRule.Always) =>
        (status & MeasurementStatus.TestData) != 0 ? UploadRule.Never : rule;
}
