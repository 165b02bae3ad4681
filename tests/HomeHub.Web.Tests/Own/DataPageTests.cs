using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Moving;
using HomeHub.Testing;
using HomeHub.Web.Own;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Own;

public sealed class DataPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = PagesBench.Start;

    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_reading_tells_what_it_says_when_and_where_it_went()
    {
        await _bench.Buffer.AppendAsync(
            [new NewReading(OwnReadings.Pressure(Now.AddDays(-1)), [new(Recipient.CareTeam, DeliveryState.Buffered), new(new Recipient("research"), DeliveryState.Withheld)])], default);
        await _bench.Buffer.AppendAsync(OwnReadings.Weight(Now.AddHours(-1), 70.5m));
        await _bench.Buffer.LeaseAsync(Recipient.CareTeam, 1, Now.AddMinutes(-3), default);
        await _bench.Buffer.SettleAsync(Recipient.CareTeam, [1], [], Now.AddMinutes(-2), default);
        string page = await ReadAsync("/people/1/data");
        foreach (string said in new[]
        {
            "Blood pressure <strong>128/83 mmHg</strong>", "Weight <strong>70.500 kg</strong>", "25 November 2026, 08:30",
            "Care team: sent 26 November 2026, 08:27, received 26 November 2026, 08:28", "Research: kept here because you did not agree", "Care team: waiting to be sent",
        })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.True(page.IndexOf("70.500", StringComparison.Ordinal) < page.IndexOf("128/83", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Readings_come_in_pages_of_fifty()
    {
        await _bench.Buffer.AppendAsync([.. Enumerable.Range(0, 101).Select(i => OwnReadings.Weight(Now.AddMinutes(i - 200), 50 + i))]);
        PageBrowser person = await _bench.SignInAsync(1);
        string first = await person.ReadAsync("/people/1/data");
        Assert.Contains("150.000 kg", first, StringComparison.Ordinal);
        Assert.Contains("101.000 kg", first, StringComparison.Ordinal);
        Assert.DoesNotContain(">100.000 kg", first, StringComparison.Ordinal);
        Assert.Contains("/people/1/data?before=52", first, StringComparison.Ordinal);
        string last = await person.ReadAsync("/people/1/data?before=2");
        Assert.Contains(">50.000 kg", last, StringComparison.Ordinal);
        Assert.DoesNotContain("Older ones", last, StringComparison.Ordinal);
        Assert.Contains("The newest", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fhir", "application/fhir+json", "homehub-2026-11-26.json", "Fhir ")]
    [InlineData("csv", "text/csv", "homehub-2026-11-26.csv", "Csv ")]
    public async Task A_download_holds_all_of_the_person_and_of_nobody_else_and_is_noted(string format, string type, string file, string line)
    {
        await _bench.Buffer.AppendAsync([.. Enumerable.Range(0, 300).Select(i => OwnReadings.Weight(Now.AddMinutes(-i), 70))]);
        await _bench.Buffer.AppendAsync(OwnReadings.Weight(Now, 90, SampleReadings.OtherPatient));
        PageBrowser person = await _bench.SignInAsync(1);
        await person.ReadAsync("/people/1/data");
        HttpResponseMessage answer = await person.PostAsync($"/people/1/data/{format}");
        Assert.Equal((HttpStatusCode.OK, type, file), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(300, lines.Length);
        Assert.All(lines, one => Assert.StartsWith(line, one, StringComparison.Ordinal));
        AuditNote note = (await _bench.Audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.ReadingsExported, "person 1, at the pages", SampleReadings.Patient, $"format={format}"), (note.Act, note.Who, note.Patient, note.About));
    }

    [Theory]
    [InlineData("fhir")]
    [InlineData("csv")]
    public async Task What_can_not_be_told_any_more_is_said_before_the_rest_is_taken_along(string format)
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Weight(Now.AddHours(-2), 70), OwnReadings.NotUnderstood(Now.AddHours(-1)));
        PageBrowser person = await _bench.SignInAsync(1);
        await person.ReadAsync("/people/1/data");
        string page = WebUtility.HtmlDecode(await (await person.PostAsync($"/people/1/data/{format}")).Content.ReadAsStringAsync());
        Assert.Contains("1 reading can't be shown: the hub keeps it, but no longer understands it.", page, StringComparison.Ordinal);
        Assert.Contains($"action=\"/people/1/data/{format}\"", page, StringComparison.Ordinal);
        Assert.Null(await _bench.Audit.ReadLastAsync(default));
        HttpResponseMessage rest = await person.PostAsync($"/people/1/data/{format}", ("known", "yes"));
        Assert.NotNull(rest.Content.Headers.ContentDisposition);
        Assert.Single((await rest.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal($"format={format}", (await _bench.Audit.ReadLastAsync(default))!.Note.About);
        string summary = WebUtility.HtmlDecode(await (await person.PostAsync("/people/1/data/summary")).Content.ReadAsStringAsync());
        Assert.Contains("1 reading can't be shown: the hub keeps it, but no longer understands it.", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_shows_each_sign_of_a_month_and_is_noted()
    {
        await OwnReadings.FillAsync(_bench.Buffer, Now);
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/data");
        HttpResponseMessage answer = await nurse.PostAsync("/people/1/data/summary");
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (string said in new[] { "From 27 October 2026 to 26 November 2026", "Blood pressure", "146/84 mmHg", "72.400 kg", "Glucose over 30 days, in mmol/L" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        Assert.Equal(("nurse, at the pages", "format=summary"), ((await _bench.Audit.ReadLastAsync(default))!.Note.Who, (await _bench.Audit.ReadLastAsync(default))!.Note.About));
    }

    [Fact]
    public async Task A_person_sees_what_was_about_them_and_the_nurse_all_with_whether_it_is_whole()
    {
        for (int i = 0; i < 60; i++)
        {
            await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.ReadingTakenBack, "nurse", i % 2 == 0 ? SampleReadings.Patient : SampleReadings.OtherPatient, $"reading {i + 700}"), default);
        }

        string own = await ReadAsync("/people/1/acts");
        Assert.Contains("Took a reading back", own, StringComparison.Ordinal);
        Assert.Contains("reading 758", own, StringComparison.Ordinal);
        Assert.DoesNotContain("reading 759", own, StringComparison.Ordinal);
        PageBrowser nurse = await _bench.SignInAsync(0);
        string all = await nurse.ReadAsync("/acts");
        foreach (string said in new[] { "The log is as it was written: 60 entries", (await _bench.Audit.ReadLastAsync(default))!.Mark, "reading 759", "Begoña", "Person 2", "/acts?before=11" })
        {
            Assert.Contains(said, all, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("reading 709", all, StringComparison.Ordinal);
        Assert.Contains("reading 709", await nurse.ReadAsync("/acts?before=11"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Reading 12, It was only a try", "Care team, Blood pressure", "Device C0:FF:EE:00:00:01, User 2")]
    [InlineData("es", "Medición 12, ", "tensión", "Dispositivo C0:FF:EE:00:00:01, Usuario 2")]
    [InlineData("sv", "Mätning 12, ", "blodtryck", "Apparat C0:FF:EE:00:00:01, Användare 2")]
    public async Task What_an_entry_is_about_is_told_in_the_readers_language_and_an_older_one_as_it_was_written(string language, string reading, string consent, string device)
    {
        foreach (string? about in new[]
        {
            AuditAbout.Of((AuditDetail.Reading, 12), (AuditDetail.Reason, "test")), AuditAbout.Of((AuditDetail.Recipient, "care-team"), (AuditDetail.Kind, "blood-pressure")),
            AuditAbout.OfDevice("C0:FF:EE:00:00:01", 2), AuditAbout.Of((AuditDetail.Step, "place")), "reading 7, of an older program",
        })
        {
            await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.ReadingDiscarded, "nurse", SampleReadings.Patient, about), default);
        }

        PageBrowser nurse = await _bench.SignInAsync(0);
        nurse.Language = language;
        string page = await nurse.ReadAsync("/acts");
        foreach (string said in new[] { reading, consent, device, "reading 7, of an older program", HomeHub.Web.Texts.Languages.Find(language)!.Text("setup-step.place") })
        {
            Assert.Contains(said, page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.DoesNotContain("step=", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Readings: 12, Still to be sent: 3", "From the hub 1, To the hub 2", "The hub itself, as it was interrupted")]
    [InlineData("es", "Mediciones: 12, Por enviar: 3", "Del concentrador 1, Al concentrador 2", "El propio concentrador, porque se interrumpió")]
    [InlineData("eu", "Neurketak: 12, Bidaltzeke: 3", "Gailu nagusi honetatik: 1, Gailu nagusi honetara: 2", "Gailu nagusiak berak, eten egin zelako")]
    [InlineData("sv", "Mätningar: 12, Ännu inte skickade: 3", "Från hubben 1, Till hubben 2", "Hubben själv, eftersom den avbröts")]
    [InlineData("nb", "Målinger: 12, Ennå ikke sendt: 3", "Fra huben 1, Til huben 2", "Huben selv, fordi den ble avbrutt")]
    public async Task What_the_log_tells_of_a_move_is_told_in_the_readers_language(string language, string moved, string taken, string who)
    {
        await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.HubMovedAway, "nurse", null, AuditAbout.Of((AuditDetail.Readings, 12), (AuditDetail.ToBeSent, 3))), default);
        await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.HubTakenIn, "nurse", null, AuditAbout.Of((AuditDetail.FromHub, 1), (AuditDetail.ToHub, 2))), default);
        await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.HubMoveUndone, MovedHub.InterruptedWho, null, null), default);
        PageBrowser nurse = await _bench.SignInAsync(0);
        nurse.Language = language;
        string page = await nurse.ReadAsync("/acts");
        Assert.All(new[] { moved, taken, who }, said => Assert.Contains(said, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_act_of_the_log_has_a_word()
    {
        IEnumerable<string> acts = typeof(AuditActs).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(acts, act => Assert.NotEqual(act, ActNames.Of(act, HomeHub.Web.Texts.Languages.Default)));
        Assert.Equal("of-a-newer-program", ActNames.Of("of-a-newer-program", HomeHub.Web.Texts.Languages.Default));
    }

    private async Task<string> ReadAsync(string path) => await (await _bench.SignInAsync(1)).ReadAsync(path);
}
