namespace HomeHub.Profiles.Tests.Readings;

public class StatusEffectsTests
{
    private static readonly MeasuredValue Number = MeasuredValue.Of(97m);
    private static readonly MeasuredValue NaN = MeasuredValue.Absent(AbsenceReason.NotANumber);

    [Theory]
    [InlineData(MeasurementStatus.Invalid, AbsenceReason.Error)]
    [InlineData(MeasurementStatus.NotAvailable, AbsenceReason.NotPerformed)]
    [InlineData(MeasurementStatus.Invalid | MeasurementStatus.NotAvailable, AbsenceReason.Error)]
    [InlineData(MeasurementStatus.NotAvailable | MeasurementStatus.Questionable, AbsenceReason.NotPerformed)]
    public void A_status_takes_the_number_away_and_goes_before_a_special_one(MeasurementStatus status, AbsenceReason reason)
    {
        Assert.Equal(MeasuredValue.Absent(reason), StatusEffects.Apply(status, Number));
        Assert.Equal(MeasuredValue.Absent(reason), StatusEffects.Apply(status, NaN));
        Assert.Equal(UploadRule.Never, StatusEffects.Upload(status, UploadRule.Always));
        Assert.Equal(UploadRule.Throttled, StatusEffects.UploadEvents(status, UploadRule.Throttled));
    }

    [Theory]
    [InlineData(MeasurementStatus.None)]
    [InlineData(MeasurementStatus.Questionable)]
    [InlineData(MeasurementStatus.Calibrating)]
    [InlineData(MeasurementStatus.Validated)]
    [InlineData(MeasurementStatus.EarlyEstimate)]
    [InlineData(MeasurementStatus.ManuallyEntered)]
    public void Other_statuses_leave_the_number(MeasurementStatus status)
    {
        Assert.Equal(Number, StatusEffects.Apply(status, Number));
        Assert.Equal(NaN, StatusEffects.Apply(status, NaN));
        Assert.Equal(UploadRule.Throttled, StatusEffects.Upload(status, UploadRule.Throttled));
        Assert.Equal(UploadRule.Always, StatusEffects.UploadEvents(status, UploadRule.Always));
    }

    [Fact]
    public void Test_data_keep_their_number_and_stay_on_the_hub()
    {
        Assert.Equal(Number, StatusEffects.Apply(MeasurementStatus.TestData, Number));
        Assert.Equal(UploadRule.Never, StatusEffects.Upload(MeasurementStatus.TestData, UploadRule.Always));
        Assert.Equal(UploadRule.Never, StatusEffects.UploadEvents(MeasurementStatus.TestData, UploadRule.Always));
    }
}
