using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Export;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Own;

/// <summary>Every reading of a person with where it went, and ways to take them along. Each taking along is noted in the audit log.</summary>
internal static class DataPages
{
    /// <summary>Readings on a page.</summary>
    public const int PageReadings = 50;

    /// <summary>Days of a summary.</summary>
    public const int SummaryDays = 30;

    /// <summary>Name of the field by which a person says that what is missing was told, and its one value.</summary>
    public const string KnownField = "known", Yes = "yes";

    private const string FhirName = "fhir", CsvName = "csv";

    private const string Ending = "/data", Route = PeoplePages.OnePath + Ending;

    /// <summary>Readings of one characteristic that a summary looks at, at most.</summary>
    private const int MaxEach = 720;

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Route, Access.Person, page => PersonFile.WithPersonAsync(page, person => ShowAsync(page, person))),
        PageEndpoint.Post(Route + "/" + FhirName, Access.Person, page => PersonFile.WithPersonAsync(page, person => SendAsync(page, person, ExportFormat.Fhir))),
        PageEndpoint.Post(Route + "/" + CsvName, Access.Person, page => PersonFile.WithPersonAsync(page, person => SendAsync(page, person, ExportFormat.Csv))),
        PageEndpoint.Post(Route + "/summary", Access.Person, page => PersonFile.WithPersonAsync(page, person => SummariseAsync(page, person))),
    ];

    /// <summary>Path of a person's data.</summary>
    public static string PathOf(int person) => PeoplePages.PathOf(person) + Ending;

    private static async Task ShowAsync(PageContext page, HouseholdPerson person)
    {
        long before = PersonFile.Before(page);

        // One more than is shown tells whether there is another page.
        IReadOnlyList<HistoryEntry> entries = await page.Parts.Buffer.ReadPageAsync(person.Patient, before, PageReadings + 1, page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<DataPage>(parameters:
        [
            (nameof(DataPage.Person), person),
            (nameof(DataPage.Entries), entries.Take(PageReadings).ToArray()),
            (nameof(DataPage.HasMore), entries.Count > PageReadings),
            (nameof(DataPage.IsFirst), before == long.MaxValue),
            (nameof(DataPage.Units), await TodayPages.UnitsAsync(page, person.Number).ConfigureAwait(false)),
        ]).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends all readings as they are read. The file's name says the day and nobody's name. Once it is on its way no page can say what is missing in it: where something is, a page says
    /// so first, and the person takes the others along or not.
    /// </summary>
    private static async Task SendAsync(PageContext page, HouseholdPerson person, ExportFormat format)
    {
        (string type, string end, string name) = format == ExportFormat.Fhir ? ("application/fhir+json", "json", FhirName) : ("text/csv; charset=utf-8", "csv", CsvName);
        long leftOut = page.Field(KnownField) == Yes ? 0 : await CountLeftOutAsync(page, person).ConfigureAwait(false);
        if (leftOut > 0)
        {
            await page.ShowAsync<LeftOutPage>(parameters:
            [
                (nameof(LeftOutPage.Person), person), (nameof(LeftOutPage.Count), leftOut), (nameof(LeftOutPage.Action), $"{PathOf(person.Number)}/{name}"),
            ]).ConfigureAwait(false);
            return;
        }

        await PersonFile.NoteAsync(page, AuditActs.ReadingsExported, person, name).ConfigureAwait(false);
        HttpResponse response = page.Http.Response;
        response.ContentType = type;
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"homehub-{page.Now:yyyy-MM-dd}.{end}\"");
        await page.Parts.Export.WriteAsync(
            format,
            page.Parts.Buffer.ReadHistoryAsync(person.Patient, page.Cancellation).Select(reading => reading.Record),
            response.Body,
            page.Cancellation).ConfigureAwait(false);
    }

    private static async Task<long> CountLeftOutAsync(PageContext page, HouseholdPerson person)
    {
        long count = 0;
        await foreach (BufferedReading reading in page.Parts.Buffer.ReadHistoryAsync(person.Patient, page.Cancellation).ConfigureAwait(false))
        {
            count += reading.Record.TryDecode(out _) ? 0 : 1;
        }

        return count;
    }

    private static async Task SummariseAsync(PageContext page, HouseholdPerson person)
    {
        await PersonFile.NoteAsync(page, AuditActs.ReadingsExported, person, "summary").ConfigureAwait(false);
        DateTimeOffset until = page.Now;
        var span = new HistorySpan(person.Patient, until.AddDays(-SummaryDays), until, MaxEach);
        HistoryExcerpt excerpt = await page.Parts.Buffer.ReadSpanAsync(span, page.Cancellation).ConfigureAwait(false);
        ShownUnits units = await TodayPages.UnitsAsync(page, person.Number).ConfigureAwait(false);
        TimeZoneInfo home = page.Parts.Time.LocalTimeZone;
        TrendView[] views = [.. new VitalHistory(excerpt.Readings, home).Signs.Select(sign => new TrendView(person, excerpt, home, units, sign, SummaryDays, until))];
        await page.ShowAsync<SummaryPage>(parameters: [
            (nameof(SummaryPage.Person), person), (nameof(SummaryPage.Views), views), (nameof(SummaryPage.LeftOut), excerpt.Readings.Count(reading => !reading.Record.TryDecode(out _))),
        ]).ConfigureAwait(false);
    }
}
