using HomeHub.Core.Acquisition;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.HealthThermometer;

namespace HomeHub.Core.Delivery;

/// <summary>What leaves the hub of the values that the rules hold back or thin out. What stays is kept on the hub.</summary>
public sealed record UploadOptions
{
    private const MeasurementStatus NotUsable = MeasurementStatus.Invalid | MeasurementStatus.NotAvailable;

    /// <summary>Of a continuous stream (heart rate, continuous oximetry) one reading in this time is sent, a minute or a value; the others stay here.</summary>
    public TimeSpan StreamInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A level that changes slowly (battery) is sent when it changed by this many points …</summary>
    public decimal ChangePoints { get; init; } = 5m;

    /// <summary>… or when it was last sent this long ago.</summary>
    public TimeSpan ChangeInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>True to send measurements that the device itself calls invalid or not available (rules 7.1, 7.2).</summary>
    public bool SendInvalid { get; init; }

    /// <summary>True to send what the device marks as test or demonstration data (rule 7.8).</summary>
    public bool SendTestData { get; init; }

    /// <summary>True to send intermediate cuff pressures and temperatures, thinned out like a stream (rule 6.5).</summary>
    public bool SendIntermediate { get; init; }

    /// <summary>How a value of a reading goes up under these options.</summary>
    public UploadRule RuleOf(AcquiredReading reading, ReadingValue value)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Upload != UploadRule.Never)
        {
            return value.Upload;
        }

        MeasurementStatus status = reading.Reading.Status;
        if ((status & MeasurementStatus.TestData) != 0)
        {
            return SendTestData ? UploadRule.Always : UploadRule.Never;
        }

        if ((status & NotUsable) != 0)
        {
            return SendInvalid ? UploadRule.Always : UploadRule.Never;
        }

        bool isIntermediate = reading.Characteristic.Short is BloodPressureProfile.CuffPressureUuid or BloodPressureProfile.EnhancedCuffPressureUuid
            or HealthThermometerProfile.IntermediateUuid;
        return isIntermediate && SendIntermediate ? UploadRule.Throttled : UploadRule.Never;
    }
}
