using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Testing;
using HomeHub.Testing.Consent;

namespace HomeHub.Core.Tests.Consent;

/// <summary>What may go to whom.</summary>
public sealed class ConsentStateTests
{
    private static readonly Recipient Family = new("family");
    private static readonly AcquiredReading Pressure = SampleReadings.BloodPressure(1);

    private static ConsentState State(params ConsentDecision[] decisions) => new(decisions.Length, decisions);

    private static ConsentDecision Given(DataKinds kind, Recipient? to = null) => SampleConsents.Given(SampleReadings.Patient, kind, to);

    [Fact]
    public void What_nobody_decided_is_not_given()
    {
        Assert.False(ConsentState.Empty.Permits(Pressure, Recipient.CareTeam));
        Assert.False(State(Given(DataKinds.Glucose)).Permits(Pressure, Recipient.CareTeam));
        Assert.False(State(Given(DataKinds.BloodPressure, Family)).Permits(Pressure, Recipient.CareTeam));
        Assert.False(State(SampleConsents.Given(SampleReadings.OtherPatient, DataKinds.BloodPressure)).Permits(Pressure, Recipient.CareTeam));
        Assert.True(State(Given(DataKinds.BloodPressure)).Permits(Pressure, Recipient.CareTeam));
    }

    [Theory]
    [InlineData(ConsentAnswer.Withdrawn)]
    [InlineData(ConsentAnswer.Refused)]
    public void The_last_word_holds(ConsentAnswer answer)
    {
        ConsentDecision given = Given(DataKinds.BloodPressure), not = SampleConsents.Not(SampleReadings.Patient, DataKinds.BloodPressure, answer);
        Assert.False(State(given, not).Permits(Pressure, Recipient.CareTeam));
        Assert.True(State(not, given).Permits(Pressure, Recipient.CareTeam));
    }

    [Fact]
    public void Readings_go_that_were_measured_since_the_day_that_the_person_chose()
    {
        ConsentState state = State(Given(DataKinds.BloodPressure) with { From = Pressure.Effective.Instant });
        Assert.True(state.Permits(Pressure, Recipient.CareTeam));
        Assert.False(state.Permits(Pressure with { Effective = new EffectiveTime(Pressure.Effective.Instant.AddTicks(-1), StampUse.Mapped) }, Recipient.CareTeam));
    }

    [Fact]
    public void What_a_device_tells_of_itself_has_the_kinds_of_what_it_measures()
    {
        AcquiredReading battery = SampleReadings.Record(0x2A19, [80], SampleReadings.Start) with { Service = 0x180F };
        Assert.Equal(DataKinds.BloodPressure, DataKindRules.Of(battery));
        AcquiredReading ofBoth = battery with { Device = battery.Device.WithService(0x1822) };
        Assert.Equal(DataKinds.BloodPressure | DataKinds.Oximetry, DataKindRules.Of(ofBoth));
        Assert.False(State(Given(DataKinds.BloodPressure)).Permits(ofBoth, Recipient.CareTeam));
        Assert.True(State(Given(DataKinds.BloodPressure), Given(DataKinds.Oximetry)).Permits(ofBoth, Recipient.CareTeam));
    }

    [Fact]
    public void A_device_is_told_of_as_far_as_what_it_measures_is_given()
    {
        AcquiredReading ofBoth = Pressure with { Device = Pressure.Device.WithService(0x1808).WithService(0x180F) };
        ConsentState onlyPressure = State(Given(DataKinds.BloodPressure), Given(DataKinds.Glucose, Family), SampleConsents.Not(SampleReadings.Patient, DataKinds.Glucose, ConsentAnswer.Refused));
        DeviceDescriptor told = onlyPressure.DeviceFor(ofBoth, Recipient.CareTeam);
        Assert.Equal([0x180F, 0x1810], told.Services);
        Assert.Equal(ofBoth.Device, told with { Services = ofBoth.Device.Services });
        Assert.Equal([0x180F, 0x1810], State(Given(DataKinds.BloodPressure), SampleConsents.Given(SampleReadings.OtherPatient, DataKinds.Glucose)).DeviceFor(ofBoth, Recipient.CareTeam).Services);
        Assert.Same(ofBoth.Device, State(Given(DataKinds.BloodPressure), Given(DataKinds.Glucose)).DeviceFor(ofBoth, Recipient.CareTeam));
    }

    [Fact]
    public void A_simulated_device_of_somebody_who_decided_nothing_is_told_of_whole()
    {
        AcquiredReading simulated = Pressure with { Device = Pressure.Device with { IsSynthetic = true } };
        Assert.Same(simulated.Device, ConsentState.Empty.DeviceFor(simulated, Recipient.CareTeam));
        Assert.Empty(State(Given(DataKinds.Weight)).DeviceFor(simulated, Recipient.CareTeam).Services);
    }

    [Fact]
    public void Of_a_device_that_nobody_knows_anything_about_nothing_goes()
    {
        AcquiredReading unknown = SampleReadings.Record(0x2A19, [80], SampleReadings.Start) with { Service = 0x180F, Device = Pressure.Device with { Services = [] } };
        Assert.Equal(DataKinds.None, DataKindRules.Of(unknown));
        Assert.False(new ConsentState(1, SampleConsents.All()).Permits(unknown, Recipient.CareTeam));
    }

    [Fact]
    public void What_a_meter_measures_beyond_its_service_needs_consent_for_both()
    {
        AcquiredReading byGlucoseMeter = Pressure with { Service = TaiDocMeterProfile.Service };
        Assert.Equal(DataKinds.Glucose | DataKinds.BloodPressure, DataKindRules.Of(byGlucoseMeter));
        Assert.False(State(Given(DataKinds.Glucose)).Permits(byGlucoseMeter, Recipient.CareTeam));
        Assert.False(State(Given(DataKinds.BloodPressure)).Permits(byGlucoseMeter, Recipient.CareTeam));
        Assert.True(State(Given(DataKinds.Glucose), Given(DataKinds.BloodPressure)).Permits(byGlucoseMeter, Recipient.CareTeam));
    }

    [Fact]
    public void Simulated_and_replayed_devices_need_no_consent_of_somebody_who_decided_nothing()
    {
        AcquiredReading simulated = Pressure with { Device = Pressure.Device with { IsSynthetic = true } };
        Assert.True(ConsentState.Empty.Permits(simulated, Recipient.CareTeam));
        Assert.False(State(SampleConsents.Not(SampleReadings.Patient, DataKinds.Weight, ConsentAnswer.Refused)).Permits(simulated, Recipient.CareTeam));
    }

    [Fact]
    public void Nobodys_readings_never_go_and_nothing_goes_when_nobody_can_tell()
    {
        Assert.False(new ConsentState(1, SampleConsents.All()).Permits(Pressure with { Patient = PatientReference.Nobody }, Recipient.CareTeam));
        Assert.False(ConsentState.Unknown.Permits(Pressure with { Device = Pressure.Device with { IsSynthetic = true } }, Recipient.CareTeam));
    }

    [Fact]
    public void Every_profile_that_measures_has_a_kind()
    {
        GattProfile[] measuring = [.. ProfileRegistry.All.Where(profile => profile.Specialization is not null)];
        Assert.NotEmpty(measuring);
        Assert.All(measuring, profile => Assert.NotEqual(DataKinds.None, DataKindRules.Of(profile.Service)));
    }

    [Fact]
    public void Kinds_have_names_there_and_back()
    {
        Assert.Equal(["blood-pressure", "weight", "glucose", "oximetry", "heart", "temperature", "activity", "room"], DataKindNames.All.Select(kind => kind.ToName()));
        Assert.All(DataKindNames.All, kind => Assert.True(DataKindNames.TryParse(kind.ToName(), out DataKinds read) && read == kind));
        Assert.False(DataKindNames.TryParse("none", out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => (DataKinds.Glucose | DataKinds.Heart).ToName());
    }

    [Fact]
    public void An_extract_tells_what_was_given_and_withdrawn_and_nothing_of_what_was_refused_or_is_others()
    {
        ConsentDecision withdrawn = SampleConsents.Not(SampleReadings.Patient, DataKinds.Weight);
        ConsentState state = State(
            Given(DataKinds.BloodPressure),
            Given(DataKinds.Weight),
            withdrawn,
            SampleConsents.Not(SampleReadings.Patient, DataKinds.Glucose, ConsentAnswer.Refused),
            Given(DataKinds.Heart, Family));
        ConsentExtract extract = ConsentExtract.Of(state, SampleReadings.Patient, Recipient.CareTeam)!;
        Assert.Equal([Given(DataKinds.BloodPressure), withdrawn], extract.Decisions);
        Assert.True(extract.IsActive);
        Assert.Equal(withdrawn.At, extract.DecidedAt);
        Assert.Null(ConsentExtract.Of(State(SampleConsents.Not(SampleReadings.Patient, DataKinds.Glucose, ConsentAnswer.Refused)), SampleReadings.Patient, Recipient.CareTeam));
        ConsentExtract other = ConsentExtract.Of(State(Given(DataKinds.BloodPressure) with { Present = "somebody else" }, Given(DataKinds.Weight), withdrawn), SampleReadings.Patient, Recipient.CareTeam)!;
        Assert.Equal(extract.ContentHash, other.ContentHash);
        Assert.NotEqual(extract.ContentHash, ConsentExtract.Of(State(Given(DataKinds.BloodPressure)), SampleReadings.Patient, Recipient.CareTeam)!.ContentHash);
    }
}
