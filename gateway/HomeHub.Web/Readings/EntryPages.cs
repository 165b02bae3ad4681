using System.Globalization;
using HomeHub.Core.Acts;
using HomeHub.Core.Household;
using HomeHub.Core.ManualEntries;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Readings;

/// <summary>A reading entered by hand: from a scale without a radio, or told by telephone. Shown back before it is kept.</summary>
internal static class EntryPages
{
    public const string Path = ReadingsPages.Path + "/enter", CheckPath = Path + "/check";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => EntryForm.KindOf(page.Http.Request.Query[EntryForm.KindValue].ToString()) is { } kind
            ? ShowAsync(page, EntryForm.Empty(kind, page))
            : page.ShowAsync<EntryKindPage>()),
        PageEndpoint.Post(CheckPath, Access.Nurse, page => WithEntryAsync(page, (form, person, _, _) =>
            page.ShowAsync<EntryCheckPage>(parameters: [(nameof(EntryCheckPage.Form), form), (nameof(EntryCheckPage.Person), person)]))),
        PageEndpoint.Post(Path, Access.Nurse, page => WithEntryAsync(page, async (form, _, entry, act) =>
        {
            EntryProblem? problem = await page.Parts.Readings.EnterAsync(act, entry, page.Cancellation).ConfigureAwait(false) switch
            {
                ActOutcome.Done => null,
                ActOutcome.KnownBefore => EntryProblem.KnownBefore,
                ActOutcome.TakenBackBefore => EntryProblem.TakenBackBefore,
                ActOutcome.Full => EntryProblem.Full,
                _ => EntryProblem.NotRight,
            };
            await (problem is null ? page.GoToAsync($"{ReadingsPages.Path}?{PeoplePages.Done}={PeoplePages.Saved}") : ShowAsync(page, form, problem)).ConfigureAwait(false);
        })),
    ];

    /// <summary>Path of the form of a kind.</summary>
    public static string PathOf(ManualKind kind) => $"{Path}?{EntryForm.KindValue}={EntryForm.NameOf(kind)}";

    private static async Task WithEntryAsync(PageContext page, Func<EntryForm, HouseholdPerson, ManualEntry, ReadingAct, Task> go)
    {
        if (EntryForm.Read(page) is not { } form || !Guid.TryParseExact(page.Field(ReadingsPages.ActField), "N", out Guid id))
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<HouseholdPerson> people = await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
        if (people.FirstOrDefault(one => one.Number.ToString(CultureInfo.InvariantCulture) == form.Person) is not { } person)
        {
            await ShowAsync(page, form, EntryProblem.NoPerson).ConfigureAwait(false);
            return;
        }

        var act = new ReadingAct(id, ActKind.Enter, 0, page.Now, ReadingsPages.WhoOf(page), null, person.Patient);
        ManualEntry? entry = form.ToEntry(person.Patient, page);
        EntryProblem? problem = form.TimeProblem(page.Parts.Time.LocalTimeZone) is { } time ? time
            : entry is null ? EntryProblem.NotReadable
            : act.Validate() is not null ? EntryProblem.By
            : ManualEntryEncoder.Encode(entry, act.At, page.Now).Error is not null ? EntryProblem.NotRight
            : null;
        await (problem is null ? go(form, person, entry!, act) : ShowAsync(page, form, problem)).ConfigureAwait(false);
    }

    private static async Task ShowAsync(PageContext page, EntryForm form, EntryProblem? problem = null) => await page.ShowAsync<EntryPage>(
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        (nameof(EntryPage.Form), form),
        (nameof(EntryPage.People), await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false)),
        (nameof(EntryPage.Problem), problem)).ConfigureAwait(false);
}
