using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.People;

public sealed class DeviceSilenceTests
{
    private static readonly DateTimeOffset Now = SampleReadings.Start;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(null, 24, false)]
    [InlineData(24, 23, false)]
    [InlineData(24, 24, false)]
    [InlineData(24, 25, true)]
    [InlineData(24, null, true)]
    public void A_device_is_silent_when_nothing_came_for_longer_than_is_expected(int? every, int? hoursAgo, bool isSilent)
    {
        RegisteredDevice device = Device("Patient/p1", hoursAgo, every is { } hours ? TimeSpan.FromHours(hours) : null);
        Assert.Equal(isSilent, DeviceSilence.Since(device, Now) is not null);
    }

    [Fact]
    public void Before_its_first_measurement_it_counts_from_when_it_was_set_up() =>
        Assert.Equal(Now.AddDays(-8), DeviceSilence.Since(Device("Patient/p1", null, Day * 2), Now));

    [Fact]
    public void A_person_is_silent_when_all_that_is_expected_of_them_is()
    {
        RegisteredDevice[] home =
        [
            Device("Patient/p1", 30, Day), Device("Patient/p1", 2, Day), Device("Patient/p1", 900, null),
            Device("Patient/p2", 30, Day),
            Device("Patient/p3", 900, null),
            Device("Patient/p4", 30, Day) with { Patient = null, Slots = UserSlots.None.With(1, new PatientReference("Patient/p4"), Now).With(2, new PatientReference("Patient/p1"), Now) },
        ];
        Assert.Equal(new DeviceSilence(3, 2), DeviceSilence.Of(home, Now));
        Assert.Equal(default, DeviceSilence.Of([], Now));
    }

    private static RegisteredDevice Device(string patient, int? hoursAgo, TimeSpan? every) => new()
    {
        Address = "C0:FF:EE:00:00:01",
        Patient = new PatientReference(patient),
        PairedAt = Now.AddDays(-10),
        LastValueAt = hoursAgo is { } hours ? Now.AddHours(-hours) : null,
        ExpectedEvery = every,
    };
}
