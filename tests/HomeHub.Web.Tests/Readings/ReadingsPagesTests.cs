using System.Net;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Readings;

public sealed class ReadingsPagesTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        await _bench.Consents.DecideAsync(SampleConsents.All(), default);
        AcquiredReading nobodys = SampleReadings.BloodPressure(9, PatientReference.Nobody, systolic: 131) with { Unassigned = UnassignedReason.UnknownUser };
        await _bench.Buffer.AppendAsync(
            [new NewReading(nobodys, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]), SampleReadings.BloodPressure(1).ToSend()], default);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task What_is_nobodys_is_shown_to_the_nurse_with_why_and_to_nobody_else()
    {
        string page = await (await _bench.SignInAsync(0)).ReadAsync("/readings");
        foreach (string said in new[] { "131/83 mmHg", "The device does not know who measured", "14 March 2026" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        PageBrowser person = await _bench.SignInAsync(1);
        foreach (string path in new[] { "/people/1", "/people/1/data", "/people/1/trends?days=90" })
        {
            Assert.DoesNotContain("131", await person.ReadAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reading_is_assigned_once_however_often_the_form_is_sent_and_goes_to_the_care_team()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/1");
        (string, string)[] form = [("act", Guid.NewGuid().ToString("N")), ("whose", "2"), ("by", "nurse 7")];
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/1/assign", form)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/1/assign", form)).StatusCode);
        HistoryEntry entry = (await _bench.Buffer.FindAsync(1, default))!;
        Assert.Equal((SampleReadings.OtherPatient, DeliveryState.Buffered), (entry.Reading.Record.Patient, entry.Deliveries.Single(delivery => delivery.Recipient == Recipient.CareTeam).State));
        AuditNote note = (await _bench.Audit.ReadAsync(0, 10, default))[0].Note;
        Assert.Equal((AuditActs.ReadingAssigned, "nurse, at the pages; nurse 7", SampleReadings.OtherPatient), (note.Act, note.Who, note.Patient));
        Assert.Contains("Every reading is somebody's.", await nurse.ReadAsync("/readings?done=saved"), StringComparison.Ordinal);
        HttpResponseMessage late = await nurse.PostAsync("/readings/1/discard", ("act", Guid.NewGuid().ToString("N")), ("reason", "guest"), ("by", "nurse 7"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Something was done with this reading meanwhile.", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_of_a_guest_is_discarded_and_one_that_went_out_is_taken_back_for_somebody_else()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/1");
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/1/discard", ("act", Guid.NewGuid().ToString("N")), ("reason", "guest"), ("by", "nurse 7"))).StatusCode);
        Assert.Equal(1, (await _bench.Buffer.CountAsync(default)).Discarded);
        string page = await nurse.ReadAsync("/readings/2");
        Assert.Contains("Take it back", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Discard it", page, StringComparison.Ordinal);
        HttpResponseMessage taken = await nurse.PostAsync("/readings/2/take-back", ("act", Guid.NewGuid().ToString("N")), ("reason", "wrong-person"), ("whose", "2"), ("by", "nurse 7"));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Equal(1, (await _bench.Buffer.CountAsync(default)).TakenBack);
        Assert.Equal(SampleReadings.OtherPatient, (await _bench.Buffer.FindAsync(3, default))!.Reading.Record.Patient);
        Assert.Equal(
            [(AuditActs.ReadingDiscarded, null), (AuditActs.ReadingTakenBack, SampleReadings.Patient), (AuditActs.ReadingTakenBack, SampleReadings.OtherPatient)],
            (await _bench.Audit.ReadAsync(0, 10, default)).Select(entry => (entry.Note.Act, entry.Note.Patient)));
        Assert.Contains("Nothing more can be done with it.", await nurse.ReadAsync("/readings/2"), StringComparison.Ordinal);
        Assert.Contains("Nothing more can be done with it.", await nurse.ReadAsync("/readings/1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assign", "", "", "nurse", "Please choose a person.")]
    [InlineData("assign", "1", "", " ", "Please say who says so")]
    [InlineData("discard", "", "", "nurse", "Please choose why.")]
    [InlineData("discard", "", "because", "nurse", "Please choose why.")]
    public async Task What_is_missing_is_told_and_nothing_is_done(string act, string whose, string reason, string by, string told)
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/1");
        HttpResponseMessage page = await nurse.PostAsync($"/readings/1/{act}", ("act", Guid.NewGuid().ToString("N")), ("whose", whose), ("reason", reason), ("by", by));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains(told, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(1, (await _bench.Buffer.CountAsync(default)).Unassigned);
        Assert.Empty(await _bench.Audit.ReadAsync(0, 10, default));
    }

    [Fact]
    public async Task A_reading_that_is_not_there_and_a_person_who_is_not_are_said_so()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Equal(HttpStatusCode.NotFound, (await nurse.GetAsync("/readings/99")).StatusCode);
        await nurse.ReadAsync("/readings/1");
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/readings/1/assign", ("act", Guid.NewGuid().ToString("N")), ("whose", "9"), ("by", "nurse"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/readings/1/assign", ("act", "1"), ("whose", "1"), ("by", "nurse"))).StatusCode);
    }

    [Fact]
    public async Task A_reading_of_which_nobody_knows_when_it_was_measured_says_so()
    {
        AcquiredReading reading = SampleReadings.BloodPressure(12, PatientReference.Nobody) with { Unassigned = UnassignedReason.TimeNotKnown };
        reading = reading with { Effective = reading.Effective with { Use = StampUse.NotUsable } };
        await _bench.Buffer.AppendAsync([new NewReading(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)])], default);
        Assert.Contains("time not known", await (await _bench.SignInAsync(0)).ReadAsync("/readings/3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_it_would_fit_is_a_hint_and_chooses_nobody()
    {
        await _bench.Buffer.AppendAsync([.. Enumerable.Range(20, 4).Select(number => NearNow(number, 131, SampleReadings.Patient).ToSend())], default);
        await _bench.Buffer.AppendAsync([.. Enumerable.Range(30, 4).Select(number => NearNow(number, 180, SampleReadings.OtherPatient).ToSend())], default);
        string page = await (await _bench.SignInAsync(0)).ReadAsync("/readings/1");
        Assert.Contains("It is much like the last values of Begoña. That decides nothing: please ask.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", page[page.IndexOf("Whose is it?", StringComparison.Ordinal)..page.IndexOf("It is of nobody here", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    private static AcquiredReading NearNow(int number, ushort systolic, PatientReference patient)
    {
        AcquiredReading reading = SampleReadings.BloodPressure(number, patient, systolic: systolic);
        return reading with { Effective = reading.Effective with { Instant = PagesBench.Start.AddMinutes(number - 600) } };
    }
}
