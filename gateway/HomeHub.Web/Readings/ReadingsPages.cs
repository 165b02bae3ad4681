using System.Globalization;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Naming;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Own;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Readings;

/// <summary>What the nurse says about readings: whose they are, that they are not, that they are wrong. Values of nobody are seen by nobody else.</summary>
internal static class ReadingsPages
{
    public const string Path = "/readings", PersonField = "whose", ReasonField = "reason", ByField = "by", ActField = "act";

    /// <summary>Most readings on the page; the rest comes as these are resolved.</summary>
    public const int MaxShown = 50;

    /// <summary>Longest name or role of who says so, in characters.</summary>
    public const int MaxByChars = 60;

    private const string ReadingValue = "reading", One = Path + "/{" + ReadingValue + ":long}";

    /// <summary>Readings of a person and characteristic from which it is told whom a value would fit.</summary>
    private const int HintReadings = 60;

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, ListAsync),
        PageEndpoint.Get(One, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Post(One + "/assign", Access.Nurse, page => ActAsync(page, ActKind.Assign)),
        PageEndpoint.Post(One + "/discard", Access.Nurse, page => ActAsync(page, ActKind.Discard)),
        PageEndpoint.Post(One + "/take-back", Access.Nurse, page => ActAsync(page, ActKind.TakeBack)),
    ];

    /// <summary>Path of a reading.</summary>
    public static string PathOf(long reading) => $"{Path}/{reading.ToString(CultureInfo.InvariantCulture)}";

    private static async Task ListAsync(PageContext page)
    {
        IReadOnlyList<HouseholdPerson> people = await PeopleAsync(page).ConfigureAwait(false);
        IReadOnlyList<RegisteredDevice> devices = await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false);
        ShownUnits units = await TodayPages.UnitsAsync(page, HouseholdAccounts.Nurse).ConfigureAwait(false);
        PersonHints hints = await HintsAsync(page, people).ConfigureAwait(false);
        List<ReadingView> unassigned = [];
        await foreach (UnassignedReading one in page.Parts.Buffer.ReadUnassignedAsync(page.Cancellation).ConfigureAwait(false))
        {
            unassigned.Add(new ReadingView(new HistoryEntry(one.Reading, []), DeviceOf(one.Reading, devices), people, hints.Suggest(one.Reading.Record), units));
            if (unassigned.Count == MaxShown)
            {
                break;
            }
        }

        BufferCounts counts = await page.Parts.Buffer.CountAsync(page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<ReadingsPage>(parameters: [(nameof(ReadingsPage.Unassigned), unassigned), (nameof(ReadingsPage.Count), counts.Unassigned)]).ConfigureAwait(false);
    }

    private static async Task ShowAsync(PageContext page, ReadingProblem? problem = null)
    {
        if (await page.Parts.Buffer.FindAsync(NumberOf(page), page.Cancellation).ConfigureAwait(false) is not { } entry)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<HouseholdPerson> people = await PeopleAsync(page).ConfigureAwait(false);
        IReadOnlyList<RegisteredDevice> devices = await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false);
        ShownUnits units = await TodayPages.UnitsAsync(page, HouseholdAccounts.Nurse).ConfigureAwait(false);
        PatientReference? like = entry.Reading.Record.Patient.IsNobody ? (await HintsAsync(page, people).ConfigureAwait(false)).Suggest(entry.Reading.Record) : null;
        await page.ShowAsync<ReadingPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(ReadingPage.View), new ReadingView(entry, DeviceOf(entry.Reading, devices), people, like, units)), (nameof(ReadingPage.Problem), problem)).ConfigureAwait(false);
    }

    private static async Task ActAsync(PageContext page, ActKind kind)
    {
        IReadOnlyList<HouseholdPerson> people = await PeopleAsync(page).ConfigureAwait(false);
        PatientReference? patient = kind == ActKind.Discard ? null : people.FirstOrDefault(person => person.Number.ToString(CultureInfo.InvariantCulture) == page.Field(PersonField))?.Patient;
        string? reason = kind == ActKind.Assign ? null : Enum.GetValues<WrongReason>().Select(CodeOf).FirstOrDefault(code => code == page.Field(ReasonField));
        if (!Guid.TryParseExact(page.Field(ActField), "N", out Guid id) || (patient is null && page.Field(PersonField).Length > 0))
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        var act = new ReadingAct(id, kind, NumberOf(page), page.Now, WhoOf(page), reason, patient);
        ReadingProblem? problem = kind == ActKind.Assign && patient is null ? ReadingProblem.NoPerson
            : kind != ActKind.Assign && reason is null ? ReadingProblem.NoReason
            : act.Validate() is not null ? ReadingProblem.By
            : await page.Parts.Readings.DoAsync(act, page.Cancellation).ConfigureAwait(false) switch
            {
                ActOutcome.Done => null,
                ActOutcome.Full => ReadingProblem.Full,
                _ => ReadingProblem.Changed,
            };
        await (problem is null ? page.GoToAsync($"{Path}?{PeoplePages.Done}={PeoplePages.Saved}") : ShowAsync(page, problem)).ConfigureAwait(false);
    }

    /// <summary>Who says so, as it is recorded: who is signed in, then what was typed; empty where nothing was, which is refused.</summary>
    public static string WhoOf(PageContext page) => page.Field(ByField).Trim() is { Length: > 0 and <= MaxByChars } typed ? $"{page.Who}; {typed}" : "";

    /// <summary>The code of a reason, as it is recorded.</summary>
    public static string CodeOf(WrongReason reason) => KebabName.Of(reason);

    private static long NumberOf(PageContext page) => long.Parse((string)page.Http.Request.RouteValues[ReadingValue]!, CultureInfo.InvariantCulture);

    private static RegisteredDevice? DeviceOf(BufferedReading reading, IReadOnlyList<RegisteredDevice> devices) =>
        devices.FirstOrDefault(device => device.Address == reading.Record.Device.Address);

    private static async Task<IReadOnlyList<HouseholdPerson>> PeopleAsync(PageContext page)
    {
        await page.Household.AddPeopleAsync(await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false);
        return await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
    }

    private static async Task<PersonHints> HintsAsync(PageContext page, IReadOnlyList<HouseholdPerson> people)
    {
        var hints = new PersonHints();
        foreach (HouseholdPerson person in people)
        {
            var span = new HistorySpan(person.Patient, page.Now - UsualRange.Memory, page.Now.AddDays(1), HintReadings);
            foreach (BufferedReading reading in (await page.Parts.Buffer.ReadSpanAsync(span, page.Cancellation).ConfigureAwait(false)).Readings)
            {
                hints.Note(reading.Record);
            }
        }

        return hints;
    }
}
