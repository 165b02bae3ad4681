using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Export;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web.Own;

/// <summary>Every reading of a person with where it went, and ways to take them along. Each taking along is noted in the audit log.</summary>
internal static class DataPages
{
    /// <summary>Readings on a page.</summary>
    public const int PageReadings = 50;

    /// <summary>Days of a summary.</summary>
    public const int SummaryDays = 30;

    private const string Ending = "/data", Route = PeoplePages.OnePath + Ending;

    /// <summary>Readings of one characteristic that a summary looks at, at most.</summary>
    private const int MaxEach = 720;

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Route, Access.Person, page => PersonFile.WithPersonAsync(page, person => ShowAsync(page, person))),
        PageEndpoint.Post(Route + "/fhir", Access.Person, page => PersonFile.WithPersonAsync(page, person => SendAsync(page, person, ExportFormat.Fhir))),
        PageEndpoint.Post(Route + "/csv", Access.Person, page => PersonFile.WithPersonAsync(page, person => SendAsync(page, person, ExportFormat.Csv))),
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

    /// <summary>Sends all readings as they are read. The file's name says the day and nobody's name.</summary>
    private static async Task SendAsync(PageContext page, HouseholdPerson person, ExportFormat format)
    {
        (string type, string end) = format == ExportFormat.Fhir ? ("application/fhir+json", "json") : ("text/csv; charset=utf-8", "csv");
        await PersonFile.NoteAsync(page, AuditActs.ReadingsExported, person, end == "csv" ? "csv" : "fhir").ConfigureAwait(false);
        HttpResponse response = page.Http.Response;
        response.ContentType = type;
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"homehub-{page.Now:yyyy-MM-dd}.{end}\"");
        ExportResult written = await page.Parts.Export.WriteAsync(
            format,
            page.Parts.Buffer.ReadHistoryAsync(person.Patient, page.Cancellation).Select(reading => reading.Record),
            response.Body,
            page.Cancellation).ConfigureAwait(false);
        if (written.Undecodable > 0)
        {
            page.Parts.Loggers.CreateLogger("HomeHub.Web.Pages").LogWarning("Of an export {Count} readings were left out: they can't be decoded any more.", written.Undecodable);
        }
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
        await page.ShowAsync<SummaryPage>(parameters: [(nameof(SummaryPage.Person), person), (nameof(SummaryPage.Views), views)]).ConfigureAwait(false);
    }
}
