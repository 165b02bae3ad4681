using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Time;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Readings;

public sealed class EntryPagesTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        await _bench.Consents.DecideAsync(SampleConsents.All(), default);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_entry_is_shown_back_then_kept_with_its_digits_and_sent()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        Assert.Contains("Blood pressure", await nurse.ReadAsync("/readings/enter"), StringComparison.Ordinal);
        await nurse.ReadAsync("/readings/enter?kind=weight");
        (string, string)[] form = Weight("81,40", "2026-11-26T07:15");
        string shown = WebUtility.HtmlDecode(await (await nurse.PostAsync("/readings/enter/check", form)).Content.ReadAsStringAsync());
        Assert.Contains("81,40 kg", shown, StringComparison.Ordinal);
        Assert.Contains("26 November 2026, 07:15", shown, StringComparison.Ordinal);
        Assert.Equal(0, (await _bench.Buffer.CountAsync(default)).Taken);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/enter", form)).StatusCode);
        HistoryEntry entry = (await _bench.Buffer.FindAsync(1, default))!;
        var value = Assert.IsType<NumericValue>(entry.Reading.Record.Reading.Values.First(one => one is NumericValue));
        Assert.Equal(("81.40", SampleReadings.Patient, DeliveryState.Buffered), (
            value.Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), entry.Reading.Record.Patient, entry.Deliveries.Single(delivery => delivery.Recipient == Recipient.CareTeam).State));
        Assert.Equal(new DateTime(2026, 11, 26, 7, 15, 0), TimeZoneInfo.ConvertTime(entry.Reading.Record.Effective.Instant, _bench.Time.LocalTimeZone).DateTime);
        Assert.Equal((AuditActs.ReadingEntered, "nurse, at the pages; nurse 7"), ((await _bench.Audit.ReadAsync(0, 10, default))[0].Note.Act, (await _bench.Audit.ReadAsync(0, 10, default))[0].Note.Who));
    }

    [Fact]
    public async Task The_same_again_is_told_and_added_only_where_it_was_measured_twice()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/enter?kind=weight");
        (string, string)[] form = Weight("81.4", "2026-11-26T07:15");
        await nurse.PostAsync("/readings/enter", form);
        HttpResponseMessage known = await nurse.PostAsync("/readings/enter", Weight("81.4", "2026-11-26T07:15"));
        Assert.Contains("This very reading is here already.", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/enter", [.. Weight("81.4", "2026-11-26T07:15"), ("again", "yes")])).StatusCode);
        Assert.Equal(2, (await _bench.Buffer.CountAsync(default)).Taken);
    }

    [Theory]
    [InlineData("kg", "8140", "2026-11-26T07:15", "1", "nurse", "This can't be right.")]
    [InlineData("mmHg", "81.4", "2026-11-26T07:15", "1", "nurse", "This can't be right.")]
    [InlineData("kg", "81.4", "2027-11-26T07:15", "1", "nurse", "This can't be right.")]
    [InlineData("kg", "81.4.1", "2026-11-26T07:15", "1", "nurse", "one of them can't be read")]
    [InlineData("kg", "1e2", "2026-11-26T07:15", "1", "nurse", "one of them can't be read")]
    [InlineData("kg", "81.4", "this morning", "1", "nurse", "one of them can't be read")]
    [InlineData("kg", "81.4", "2026-11-26T07:15", "", "nurse", "Please choose whose it is.")]
    [InlineData("kg", "81.4", "2026-11-26T07:15", "1", "", "Please say who enters it")]
    public async Task What_can_not_be_right_is_not_kept(string unit, string value, string at, string whose, string by, string told)
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/enter?kind=weight");
        foreach (string path in new[] { "/readings/enter/check", "/readings/enter" })
        {
            HttpResponseMessage page = await nurse.PostAsync(path, Form(("unit", unit), ("value", value), ("at", at), ("whose", whose), ("by", by)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
            Assert.Contains(told, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await _bench.Buffer.CountAsync(default)).Taken);
    }

    [Theory]
    [InlineData("120", "2026-10-25T02:30+02:00", "UTC+02:00")]
    [InlineData("60", "2026-10-25T02:30+01:00", "UTC+01:00")]
    public async Task In_the_hour_that_the_clock_shows_twice_it_is_asked_which_and_nothing_is_guessed(string offset, string instant, string shown)
    {
        await using PagesBench home = await PagesBench.OpenAsync(time: new ManualTime(PagesBench.Start) { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid") });
        PageBrowser nurse = await home.SignInAsync(0);
        await nurse.ReadAsync("/readings/enter?kind=weight");
        (string, string)[] form = Weight("81.4", "2026-10-25T02:30");
        foreach ((string, string)[] undecided in new[] { form, [.. form, ("offset", "180")] })
        {
            HttpResponseMessage asked = await nurse.PostAsync("/readings/enter", undecided);
            string page = WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
            Assert.Contains("That time was there twice that night.", page, StringComparison.Ordinal);
            Assert.Contains("The first time, before the clocks went back (UTC+02:00)", page, StringComparison.Ordinal);
            Assert.Contains("The second time, after they went back (UTC+01:00)", page, StringComparison.Ordinal);
            Assert.DoesNotMatch("name=\"offset\"[^>]*checked", page);
        }

        Assert.Equal(0, (await home.Buffer.CountAsync(default)).Taken);
        form = [.. form, ("offset", offset)];
        string check = WebUtility.HtmlDecode(await (await nurse.PostAsync("/readings/enter/check", form)).Content.ReadAsStringAsync());
        Assert.Contains($"25 October 2026, 02:30 ({shown})", check, StringComparison.Ordinal);
        Assert.Contains($"name=\"offset\" value=\"{offset}\"", check, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/enter", form)).StatusCode);
        Assert.Equal(DateTimeOffset.Parse(instant, null), (await home.Buffer.FindAsync(1, default))!.Reading.Record.Effective.Instant);
    }

    [Fact]
    public async Task A_time_that_the_clock_skipped_is_refused_in_words_and_one_that_it_showed_once_needs_no_answer()
    {
        await using PagesBench home = await PagesBench.OpenAsync(time: new ManualTime(PagesBench.Start) { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid") });
        PageBrowser nurse = await home.SignInAsync(0);
        Assert.DoesNotContain("name=\"offset\"", await nurse.ReadAsync("/readings/enter?kind=weight"), StringComparison.Ordinal);
        HttpResponseMessage refused = await nurse.PostAsync("/readings/enter", Weight("81.4", "2026-03-29T02:30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("The clocks went forward that night and skipped this time.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await home.Buffer.CountAsync(default)).Taken);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.PostAsync("/readings/enter", Weight("81.4", "2026-03-29T03:30"))).StatusCode);
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)), (await home.Buffer.FindAsync(1, default))!.Reading.Record.Effective.Instant);
    }

    [Fact]
    public async Task A_form_that_is_none_of_ours_is_refused()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/readings/enter?kind=weight");
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/readings/enter", ("kind", "tea"), ("act", Guid.NewGuid().ToString("N")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/readings/enter", ("kind", "weight"), ("act", "none"))).StatusCode);
    }

    private static (string Name, string Value)[] Weight(string value, string at) => Form(("unit", "kg"), ("value", value), ("at", at), ("whose", "1"), ("by", "nurse 7"));

    private static (string Name, string Value)[] Form(params (string, string)[] fields) => [("kind", "weight"), ("act", Guid.NewGuid().ToString("N")), .. fields];
}
