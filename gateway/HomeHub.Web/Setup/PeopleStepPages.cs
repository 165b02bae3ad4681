using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>Who lives here: a person is added by the id that the care team knows them by, shown back before it counts, and the wrong one is removed again.</summary>
internal static class PeopleStepPages
{
    public const string IdField = "id", CheckPath = Root + "/check", AddPath = Root + "/add";

    private const string Root = SetupPages.Path + "/people", RemovePath = Root + "/{person:int}/remove";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Root, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Post(CheckPath, Access.Nurse, CheckAsync),
        PageEndpoint.Post(AddPath, Access.Nurse, AddAsync),
        PageEndpoint.Get(RemovePath, Access.Nurse, AskAsync),
        PageEndpoint.Post(RemovePath, Access.Nurse, RemoveAsync),
    ];

    /// <summary>Path that removes a person.</summary>
    public static string RemovePathOf(int person) => $"{Root}/{person.ToString(CultureInfo.InvariantCulture)}/remove";

    /// <summary>The step, with what was typed and what was wrong with it.</summary>
    public static async Task ShowAsync(PageContext page, string typed = "", PersonIdProblem? problem = null, int status = StatusCodes.Status200OK) => await page.ShowAsync<PeopleStepPage>(
        status,
        (nameof(PeopleStepPage.People), await SetupPages.PeopleOf(page).ConfigureAwait(false)),
        (nameof(PeopleStepPage.Typed), typed),
        (nameof(PeopleStepPage.Problem), problem)).ConfigureAwait(false);

    /// <summary>Shows back who would be added. Nothing is kept yet.</summary>
    private static async Task CheckAsync(PageContext page)
    {
        if (await ReadAsync(page).ConfigureAwait(false) is { } patient)
        {
            await page.ShowAsync<NewPersonPage>(parameters: (nameof(NewPersonPage.Patient), patient)).ConfigureAwait(false);
        }
    }

    private static async Task AddAsync(PageContext page)
    {
        string name = page.Field(PeoplePages.NameField).Trim(), language = page.Field(PeoplePages.LanguageField);
        if (name.Length > HouseholdPerson.MaxNameChars || (language.Length > 0 && !Languages.Codes.Contains(language)))
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(page).ConfigureAwait(false) is not { } patient)
        {
            return;
        }

        await page.Household.AddPeopleAsync([patient], page.Cancellation).ConfigureAwait(false);
        IReadOnlyList<HouseholdPerson> people = await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
        HouseholdPerson added = people.First(person => person.Patient == patient);
        await page.Household.SavePersonAsync(
            added with { Name = name.Length == 0 ? null : name, Language = language.Length == 0 ? null : language }, page.Cancellation).ConfigureAwait(false);
        await SetupProgress.NoteAsync(page, AuditActs.PersonAdded, patient, null).ConfigureAwait(false);
        await page.GoToAsync($"{Root}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    /// <summary>Who was typed; null when it can't be anybody, and that was answered.</summary>
    private static async Task<PatientReference?> ReadAsync(PageContext page)
    {
        string typed = page.Field(IdField);
        PersonIdProblem? problem = PersonId.Read(typed, out PatientReference? patient);
        if (problem is null && (await SetupPages.PeopleOf(page).ConfigureAwait(false)).Any(person => person.Patient == patient))
        {
            problem = PersonIdProblem.AlreadyHere;
        }

        if (problem is null)
        {
            return patient;
        }

        await ShowAsync(page, typed, problem, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
        return null;
    }

    private static async Task AskAsync(PageContext page)
    {
        if (await FindAsync(page).ConfigureAwait(false) is { } person)
        {
            await page.ShowAsync<RemovePersonPage>(parameters:
            [
                (nameof(RemovePersonPage.Person), person), (nameof(RemovePersonPage.IsInUse), await IsInUseAsync(page, person).ConfigureAwait(false)),
            ]).ConfigureAwait(false);
        }
    }

    private static async Task RemoveAsync(PageContext page)
    {
        if (await FindAsync(page).ConfigureAwait(false) is not { } person)
        {
            return;
        }

        if (await IsInUseAsync(page, person).ConfigureAwait(false))
        {
            await page.ShowAsync<RemovePersonPage>(
                StatusCodes.Status422UnprocessableEntity, (nameof(RemovePersonPage.Person), person), (nameof(RemovePersonPage.IsInUse), true)).ConfigureAwait(false);
            return;
        }

        await page.Household.RemovePersonAsync(person.Number, page.Cancellation).ConfigureAwait(false);
        await SetupProgress.NoteAsync(page, AuditActs.PersonRemoved, person.Patient, null).ConfigureAwait(false);
        await page.GoToAsync($"{Root}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    private static async Task<HouseholdPerson?> FindAsync(PageContext page)
    {
        HouseholdPerson? person = await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false);
        if (person is null)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
        }

        return person;
    }

    /// <summary>Whether devices or readings are the person's: who has some is here whether the household says so or not.</summary>
    private static async Task<bool> IsInUseAsync(PageContext page, HouseholdPerson person) =>
        (await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false)).Contains(person.Patient);
}
