using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Web.Setup;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

/// <summary>The guide: what is open, what is done, and that it goes on after whatever happens.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_nurse_lands_in_the_guide_until_it_is_finished()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Equal("/setup", await LocationAsync(nurse, "/"));
        Assert.Equal("/setup/place", await LocationAsync(nurse, "/setup/next"));
        await FinishAsync(nurse);
        Assert.Equal("/status", await LocationAsync(nurse, "/"));
        Assert.Contains("Everything is set up", await nurse.ReadAsync("/setup"), StringComparison.Ordinal);
        Assert.Equal("/people/1", await LocationAsync(await _bench.SignInAsync(1), "/"));
    }

    [Fact]
    public async Task Each_step_leads_to_the_next_one_that_is_open()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Equal("/setup/network", await PlaceAsync(nurse));
        Assert.Equal("/setup/connection", await DoneAsync(nurse, SetupStep.Network));
        Assert.Equal("/setup/people", await DoneAsync(nurse, SetupStep.Connection));
        Assert.Equal("/setup/devices", await DoneAsync(nurse, SetupStep.People));
        Assert.Equal("/setup/clocks", await DoneAsync(nurse, SetupStep.Devices));
        Assert.Equal("/setup/consent", await DoneAsync(nurse, SetupStep.Clocks));
        Assert.Equal("/setup/consent", await DoneAsync(nurse, SetupStep.Patient));
        await DecideAsync(1);
        Assert.Equal("/setup/consent", await LocationAsync(nurse, "/setup/next"));
        await DecideAsync(2);
        Assert.Equal("/setup/summary", await LocationAsync(nurse, "/setup/next"));
    }

    [Fact]
    public async Task The_guide_goes_on_on_another_phone_after_a_restart_and_tells_when_each_step_was_done()
    {
        await PlaceAsync(await _bench.SignInAsync(0));
        await _bench.RestartAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        PageBrowser other = await _bench.SignInAsync(0);
        Assert.Equal("/setup/network", await LocationAsync(other, "/setup/next"));
        Assert.Contains("26 November 2026, 08:30", await other.ReadAsync("/setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_set_up_makes_its_step_done_and_none_now_does_too()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Contains("No device now: go on", await nurse.ReadAsync("/setup/devices"), StringComparison.Ordinal);
        await PlaceAsync(nurse);
        await DoneAsync(nurse, SetupStep.Network);
        await DoneAsync(nurse, SetupStep.Connection);
        await DoneAsync(nurse, SetupStep.People);
        await _bench.Devices.SaveAsync(new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Name = "Cuff", Patient = SampleReadings.Patient, PairedAt = PagesBench.Start }, default);
        Assert.Equal("/setup/clocks", await LocationAsync(nurse, "/setup/next"));
        string page = await nurse.ReadAsync("/setup/devices");
        Assert.Contains("Cuff", page, StringComparison.Ordinal);
        Assert.Contains("Begoña", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No device now", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anybody_nobody_can_be_said_to_be_all()
    {
        await using PagesBench fresh = await PagesBench.OpenNewAsync();
        fresh.KnownPatients = [];
        PageBrowser nurse = fresh.OpenBrowser();
        await nurse.ClaimAsync((await fresh.Household.GetClaimCodeAsync(default))!, PagesBench.NursePin);
        await nurse.GetAsync("/setup/people");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.PostAsync("/setup/people/done")).StatusCode);
        Assert.Null(await fresh.Household.GetSettingAsync("setup.people", default));
    }

    [Fact]
    public async Task It_is_not_finished_while_a_step_is_open()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.DoesNotContain("The installation is finished", await nurse.ReadAsync("/setup/summary"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.PostAsync("/setup/summary/done")).StatusCode);
        Assert.Equal("/setup", await LocationAsync(nurse, "/"));
    }

    [Fact]
    public async Task The_summary_tells_all_that_was_set_up_and_each_act_is_noted()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await FinishAsync(nurse);
        string page = await nurse.ReadAsync("/setup/summary");
        string fingerprint = Convert.ToHexString([.. _bench.Server.Fingerprint]);
        foreach (string said in new[]
        {
            "Europe/Madrid", "0.1.0", fingerprint[..4] + " " + fingerprint[4..8], PagesBench.Hub.Id.ToString("D"), "homehub-ab12.local", "Begoña", SampleReadings.Patient.Key, "the daughter", "(Nurse, at the pages, 26 November 2026, 08:30)",
            "26 November 2026, 08:30", "Nurse",
        })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        IReadOnlyList<AuditEntry> entries = await _bench.Audit.ReadAsync(0, 100, default);
        Assert.Equal(
            ["time-zone-set zone=Europe/Madrid", "language-set language=en", "setup-step-done step=place", "setup-step-done step=network"],
            entries.Take(4).Select(entry => $"{entry.Note.Act} {entry.Note.About}"));
        Assert.Equal("setup-step-done step=summary", $"{entries[^1].Note.Act} {entries[^1].Note.About}");
        Assert.All(entries, entry => Assert.Equal("nurse, at the pages", entry.Note.Who));
    }

    [Fact]
    public async Task The_summary_tells_the_name_under_which_the_hub_is_found()
    {
        _bench.HomeName = new HomeNameState(HomeNameCondition.Told, "homehub-ab12-2.local");
        Assert.Contains("https://homehub-ab12-2.local:", await (await _bench.SignInAsync(0)).ReadAsync("/setup/summary"), StringComparison.Ordinal);
        _bench.HomeName = null;
        Assert.Contains("https://homehub-ab12.local:", await (await _bench.SignInAsync(0)).ReadAsync("/setup/summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_time_is_noted_from_a_clock_that_is_not_known()
    {
        _bench.HubClock.IsTimeKnown = false;
        PageBrowser nurse = await _bench.SignInAsync(0);
        await PlaceAsync(nurse);
        Assert.Equal("- nurse, at the pages", await _bench.Household.GetSettingAsync("setup.place", default));
        Assert.Contains("does not know the time", await nurse.ReadAsync("/setup/clocks"), StringComparison.Ordinal);
        Assert.DoesNotContain("It is now", await nurse.ReadAsync("/setup/place"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-26T08:30:00.0000000+00:00 nurse", true)]
    [InlineData("- nurse", true)]
    [InlineData("yesterday nurse", false)]
    [InlineData("nurse", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_mark_that_is_none_leaves_its_step_open(string? setting, bool isMark)
    {
        SetupMark? mark = SetupMark.Read(setting);
        Assert.Equal(isMark, mark is not null);
        Assert.Equal(isMark ? setting : null, mark?.Write());
    }

    private static async Task<string> LocationAsync(PageBrowser browser, string path) => (await browser.GetAsync(path)).Headers.Location!.ToString();

    private static async Task<string> PlaceAsync(PageBrowser nurse)
    {
        await nurse.GetAsync("/setup/place");
        return (await nurse.PostAsync("/setup/place", ("language", "en"), ("zone", "Europe/Madrid"))).Headers.Location!.ToString();
    }

    private static async Task<string> DoneAsync(PageBrowser nurse, SetupStep step)
    {
        await nurse.GetAsync(SetupPages.PathOf(step));
        return (await nurse.PostAsync(SetupPages.DonePathOf(step))).Headers.Location!.ToString();
    }

    private async Task FinishAsync(PageBrowser nurse)
    {
        await PlaceAsync(nurse);
        await DoneAsync(nurse, SetupStep.Network);
        await DoneAsync(nurse, SetupStep.Connection);
        await DoneAsync(nurse, SetupStep.People);
        await DoneAsync(nurse, SetupStep.Devices);
        await DoneAsync(nurse, SetupStep.Clocks);
        await DoneAsync(nurse, SetupStep.Patient);
        await DecideAsync(1);
        await DecideAsync(2);
        Assert.Equal("/status", await DoneAsync(nurse, SetupStep.Summary));
    }

    private Task DecideAsync(int person) => _bench.Consents.DecideAsync(
        [
            new ConsentDecision(
                person == 1 ? SampleReadings.Patient : SampleReadings.OtherPatient, DataKinds.BloodPressure, Recipient.CareTeam, ConsentAnswer.Refused, PagesBench.Start, "the daughter"),
        ],
        default);
}
