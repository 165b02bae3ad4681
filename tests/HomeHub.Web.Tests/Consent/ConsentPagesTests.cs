using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Consent;
using HomeHub.Testing;
using HomeHub.Testing.Climate;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Consent;

public sealed class ConsentPagesTests : IAsyncLifetime
{
    private const string Page = "/people/1/consent", Check = Page + "/check";

    private static readonly Recipient Research = new("research");

    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Nothing_is_recorded_before_it_was_shown_back_and_then_for_each_kind_with_who_was_there_and_since_when()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync(Page);
        HttpResponseMessage check = await nurse.PostAsync(Check, Form("care-team", "yes", "blood-pressure,weight", "2026-11-01", "nurse and daughter"));
        string shown = WebUtility.HtmlDecode(await check.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, check.StatusCode);
        foreach (string said in new[] { "Care team may have these readings:", "Blood pressure", "Weight", "1 November 2026, 00:00" })
        {
            Assert.Contains(said, shown, StringComparison.Ordinal);
        }

        Assert.Empty(await _bench.Consents.ReadHistoryAsync(default));
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync(Page, Form("care-team", "yes", "blood-pressure,weight", "2026-11-01", "nurse and daughter"))).StatusCode);
        ConsentDecision decision = _bench.Consents.State.Find(SampleReadings.Patient, DataKinds.BloodPressure, Recipient.CareTeam)!;
        var midnight = new DateTime(2026, 11, 1);
        Assert.Equal(
            (ConsentAnswer.Given, "nurse, at the pages; nurse and daughter", PagesBench.Start, new DateTimeOffset(midnight, _bench.Time.LocalTimeZone.GetUtcOffset(midnight))),
            (decision.Answer, decision.Present, decision.At, decision.From!.Value));
        Assert.Equal(2, (await _bench.Consents.ReadHistoryAsync(default)).Count);
        Assert.Null(_bench.Consents.State.Find(SampleReadings.Patient, DataKinds.BloodPressure, Research));
        AuditEntry[] noted = [.. await _bench.Audit.ReadAsync(0, 10, default)];
        Assert.Equal(["recipient=care-team; kind=blood-pressure", "recipient=care-team; kind=weight"], noted.Select(entry => entry.Note.About));
        Assert.All(noted, entry => Assert.Equal((AuditActs.ConsentGiven, "nurse, at the pages"), (entry.Note.Act, entry.Note.Who)));
        string page = await nurse.ReadAsync(Page + "?done=saved");
        Assert.Contains("Recorded. It holds from this moment.", page, StringComparison.Ordinal);
        Assert.Contains("May have it (measured since 1 November 2026, 00:00)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_room_is_asked_about_only_where_it_has_or_had_a_sensor_or_was_decided_about()
    {
        const string asked = "value=\"room\"", said = "everybody's who lives here";
        PageBrowser person = await _bench.SignInAsync(1);
        string page = await person.ReadAsync(Page);
        Assert.DoesNotContain(asked, page, StringComparison.Ordinal);
        Assert.DoesNotContain(said, page, StringComparison.Ordinal);
        await _bench.Consents.DecideAsync([Said(DataKinds.Room, ConsentAnswer.Given)], default);
        Assert.Contains(said, await person.ReadAsync(Page), StringComparison.Ordinal);
        _bench.Overview.Now = _bench.Overview.Now with { Room = new RoomNow(RoomCondition.Ready) };
        PageBrowser other = await _bench.SignInAsync(2);
        Assert.Contains(asked, await other.ReadAsync("/people/2/consent"), StringComparison.Ordinal);
        _bench.Overview.Now = _bench.Overview.Now with { Room = null };
        Assert.DoesNotContain(asked, await other.ReadAsync("/people/2/consent"), StringComparison.Ordinal);
        await _bench.Buffer.AppendAsync([SampleRoom.Reading(1).ToKeep()], default);
        Assert.Contains(asked, await other.ReadAsync("/people/2/consent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_withdraws_what_was_given_refuses_what_was_not_and_leaves_a_no_alone()
    {
        await _bench.Consents.DecideAsync([Said(DataKinds.Weight, ConsentAnswer.Given), Said(DataKinds.Heart, ConsentAnswer.Refused)], default);
        PageBrowser person = await _bench.SignInAsync(1);
        await person.ReadAsync(Page);
        string shown = await (await person.PostAsync(Check, Form("care-team", "no", "weight,heart,glucose"))).Content.ReadAsStringAsync();
        Assert.Contains("Nothing more of them is sent from this moment.", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await person.PostAsync(Page, Form("care-team", "no", "weight,heart,glucose"))).StatusCode);
        ConsentDecision[] said = [.. (await _bench.Consents.ReadHistoryAsync(default)).Skip(2)];
        Assert.Equal([(DataKinds.Weight, ConsentAnswer.Withdrawn), (DataKinds.Glucose, ConsentAnswer.Refused)], said.Select(one => (one.Kind, one.Answer)));
        Assert.All(said, one => Assert.Equal("person 1, at the pages", one.Present));
        string again = await (await person.PostAsync(Check, Form("care-team", "no", "weight,heart,glucose"))).Content.ReadAsStringAsync();
        Assert.Contains("That is how it is already. Nothing was changed.", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("care-team", "yes", "", "", "nurse", "Please choose at least one kind")]
    [InlineData("care-team", "yes", "weight", "31.12.2026", "nurse", "Please choose a day")]
    [InlineData("care-team", "yes", "weight", "0001-01-01", "nurse", "Please choose a day")]
    [InlineData("care-team", "yes", "weight", "2026-11-01", "", "Please say who was present")]
    [InlineData("care-team", "yes", "tea", "2026-11-01", "nurse", "Please choose at least one kind")]
    public async Task What_is_wrong_is_told_beside_what_was_written_and_nothing_is_recorded(string recipient, string answer, string kinds, string day, string present, string told)
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync(Page);
        foreach (string path in new[] { Check, Page })
        {
            HttpResponseMessage page = await nurse.PostAsync(path, Form(recipient, answer, kinds, day, present));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
            Assert.Contains(told, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Empty(await _bench.Consents.ReadHistoryAsync(default));
        Assert.Empty(await _bench.Audit.ReadAsync(0, 10, default));
    }

    [Fact]
    public async Task From_now_on_needs_a_clock_that_is_right_and_a_day_does_not()
    {
        _bench.HubClock.IsTimeKnown = false;
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync(Page);
        string told = await (await nurse.PostAsync(Check, Form("research", "yes", "weight", "", "nurse"))).Content.ReadAsStringAsync();
        Assert.Contains("The hub does not know the time yet.", told, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await nurse.PostAsync(Check, Form("research", "yes", "weight", "2026-11-01", "nurse"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nurse.PostAsync(Check, Form("research", "no", "weight", "", "nurse"))).StatusCode);
    }

    [Fact]
    public async Task What_the_nurse_types_does_not_pass_for_the_person()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync(Page);
        await nurse.PostAsync(Page, Form("care-team", "yes", "weight", "2026-11-01", "person 1, at the pages"));
        Assert.Equal("nurse, at the pages; person 1, at the pages", Assert.Single(await _bench.Consents.ReadHistoryAsync(default)).Present);
        string page = await nurse.ReadAsync(Page);
        Assert.Contains("Nurse, at the pages; person 1, at the pages", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The person, at the pages", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_recipient_than_the_hubs_own_gets_nothing()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync(Page);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync(Page, Form("neighbours", "yes", "weight", "", "nurse"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync(Page, Form("research", "perhaps", "weight", "", "nurse"))).StatusCode);
        Assert.Empty(await _bench.Consents.ReadHistoryAsync(default));
    }

    [Fact]
    public async Task A_person_sees_what_was_decided_for_them_and_nothing_of_others()
    {
        ConsentDecision other = Said(DataKinds.Glucose, ConsentAnswer.Given) with { Patient = SampleReadings.OtherPatient, Present = "somebody else's son" };
        await _bench.Consents.DecideAsync([Said(DataKinds.Weight, ConsentAnswer.Given), other], default);
        string page = await (await _bench.SignInAsync(1)).ReadAsync(Page);
        Assert.Contains("nurse 7", page, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody else's son", page, StringComparison.Ordinal);
    }

    private static ConsentDecision Said(DataKinds kind, ConsentAnswer answer) => new(
        SampleReadings.Patient, kind, Recipient.CareTeam, answer, PagesBench.Start.AddDays(-3), "nurse 7", answer == ConsentAnswer.Given ? PagesBench.Start.AddDays(-3) : null);

    private static (string Name, string Value)[] Form(string recipient, string answer, string kinds, string day = "", string present = "") =>
        [("recipient", recipient), ("answer", answer), ("kind", kinds), ("day", day), ("present", present)];
}
