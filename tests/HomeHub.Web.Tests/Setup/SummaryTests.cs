using HomeHub.Core.Acquisition;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Web.Setup;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

/// <summary>The page that is printed at the end: all that was set up, by whom and when, without what is secret.</summary>
public sealed class SummaryTests : IAsyncLifetime
{
    private const string Cuff = "C0:FF:EE:00:00:01", Scale = "C0:FF:EE:00:00:02", Secret = "kontuz-hemen-2026";

    private static readonly DateTimeOffset Now = PagesBench.Start;

    private PagesBench _bench = null!;
    private PageBrowser _nurse = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        _nurse = await _bench.SignInAsync(0);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Devices_are_told_with_whose_they_are_who_set_them_up_and_their_clocks()
    {
        _bench.Overview.Now = _bench.Overview.Now with
        {
            Devices =
            [
                new RegisteredDevice { Address = Cuff, Name = "Cuff", Patient = SampleReadings.Patient, PairedAt = Now.AddHours(-2), Clock = new DeviceClockNote(Now.AddHours(-1), TimeSpan.FromMinutes(-4), true) },
                new RegisteredDevice { Address = Scale, Name = "Scale", Patient = null, PairedAt = Now.AddHours(-2), Slots = UserSlots.None.With(1, SampleReadings.Patient, Now).With(2, SampleReadings.OtherPatient, Now) },
            ],
        };
        await NoteAsync(AuditActs.DevicePaired, "anne, at the command line", null, AuditAbout.OfDevice(Cuff));
        await NoteAsync(AuditActs.DeviceAssigned, "somebody before", SampleReadings.Patient, AuditAbout.OfDevice(Cuff));
        await NoteAsync(AuditActs.DeviceAssigned, "nurse, at the pages", SampleReadings.Patient, AuditAbout.OfDevice(Cuff));
        await NoteAsync(AuditActs.DeviceAssigned, "nurse Ane", SampleReadings.Patient, AuditAbout.OfDevice(Scale, 1));

        // As older programs wrote it.
        await NoteAsync(AuditActs.DeviceAssigned, "nurse Jon", SampleReadings.OtherPatient, $"{Scale}, user 2");
        string page = await ReadAsync();
        foreach (string said in new[]
        {
            "anne, at the command line", "(Nurse, at the pages, 26 November 2026, 08:30)", "4 minutes behind", "26 November 2026, 07:30", "(nurse Ane, 26 November 2026, 08:30)", "(nurse Jon, 26 November 2026, 08:30)", "Not compared",
        })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("somebody before", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_time_zone_and_people_are_told_with_who_set_them_up_and_never_a_key()
    {
        _bench.Wifi.Add("Etxea", 80, WifiSecurity.Passphrase, Secret);
        string id = (await _bench.Wifi.ReadAsync(default)).Networks[0].Id;
        await _nurse.GetAsync("/setup/network");
        await _nurse.PostAsync("/setup/network/join", ("network", id), ("passphrase", Secret));
        await NoteAsync(AuditActs.PersonAdded, "nurse Ane", SampleReadings.Patient, null);
        await NoteAsync(AuditActs.TimeZoneSet, "nurse Jon", null, AuditAbout.Of((AuditDetail.Zone, "Europe/Madrid")));
        _bench.Zone.Set(TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid"));
        string page = await ReadAsync();
        Assert.Contains("Etxea (Nurse, at the pages, 26 November 2026, 08:30)", page, StringComparison.Ordinal);
        Assert.Contains("192.168.1.20", page, StringComparison.Ordinal);
        Assert.Contains("(nurse Ane, 26 November 2026, 08:30)", page, StringComparison.Ordinal);
        Assert.Contains("Europe/Madrid (nurse Jon,", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consents_are_told_by_recipient_with_who_was_present_and_who_recorded_them()
    {
        ConsentDecision[] decisions =
        [
            Given(DataKinds.BloodPressure, Recipient.CareTeam), Given(DataKinds.Weight, Recipient.CareTeam),
            Given(DataKinds.Weight, new Recipient("research")) with { Answer = ConsentAnswer.Refused, From = null, Present = "her son" },
        ];
        await new ConsentDesk(_bench.Consents, _bench.Audit).DecideAsync(decisions, "nurse Ane", default);
        string page = await ReadAsync();
        int card = page.IndexOf("id=\"consents\"", StringComparison.Ordinal);
        string consents = page[card..page.IndexOf("id=\"steps\"", StringComparison.Ordinal)];
        foreach (string said in new[] { "Begoña", "Blood pressure, Weight", "May have it", "May not have it", "the daughter", "her son", "nurse Ane", "Care team", "Research" })
        {
            Assert.Contains(said, consents, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Tests_that_nobody_decided_about_are_told_of_before_they_are_thrown_away()
    {
        Assert.DoesNotContain("still undecided", await ReadAsync(), StringComparison.Ordinal);
        var device = new RegisteredDevice { Address = SampleReadings.Monitor.Address, Patient = null, PairedAt = SampleReadings.Start };
        await _bench.Devices.SaveAsync(device, default);
        AcquiredReading test = SampleReadings.BloodPressure(1) with { Patient = PatientReference.Nobody, Unassigned = UnassignedReason.DeviceOfNobody };
        await _bench.Buffer.AppendAsync([new NewReading(test, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)])], default);
        Assert.Contains("1 test reading is still undecided", await ReadAsync(), StringComparison.Ordinal);
        foreach (SetupStep step in SetupProgress.Steps.Where(step => step != SetupStep.Summary))
        {
            await _bench.Household.SetSettingAsync(SetupMark.KeyOf(step), new SetupMark(Now, "nurse").Write(), default);
        }

        _bench.Zone.Set(TimeZoneInfo.Utc);
        await _bench.Consents.DecideAsync([Given(DataKinds.Weight, Recipient.CareTeam), Given(DataKinds.Weight, Recipient.CareTeam) with { Patient = SampleReadings.OtherPatient }], default);
        await ReadAsync();
        Assert.Equal("/status", (await _nurse.PostAsync("/setup/summary/done")).Headers.Location!.ToString());
        Assert.Equal(0, (await _bench.Buffer.CountAsync(default)).Unassigned);
        Assert.Contains(await _bench.Audit.ReadAsync(0, 50, default), entry => entry.Note is { Act: AuditActs.ReadingDiscarded, About: "reading=1; reason=test-undecided" });
    }

    private static ConsentDecision Given(DataKinds kind, Recipient recipient) => new(SampleReadings.Patient, kind, recipient, ConsentAnswer.Given, Now, "the daughter", Now);

    private Task NoteAsync(string act, string who, PatientReference? patient, string? about) => _bench.Audit.AddAsync(new AuditNote(Now, act, who, patient, about), default);

    private Task<string> ReadAsync() => _nurse.ReadAsync("/setup/summary");
}
