using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.SignIn;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.People;

/// <summary>The people of the household: their names, languages and PINs. Each person has a page of their own, which the nurse sees too.</summary>
internal static class PeoplePages
{
    public const string Path = "/people", NameField = "name", LanguageField = "language", OldPinField = "old";

    /// <summary>What was done, in the query of a page: words of ours, nothing that was typed.</summary>
    public const string Done = "done", Saved = "saved";

    /// <summary>Route of a person's pages.</summary>
    public const string OnePath = Path + "/{person:int}";

    private const string SettingsEnding = "/settings";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, async page =>
        {
            await page.Household.AddPeopleAsync(await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false);
            await page.ShowAsync<PeoplePage>(parameters: (nameof(PeoplePage.People), await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        }),
        PageEndpoint.Get(OnePath + SettingsEnding, Access.Person, page => ShowAsync(page)),
        PageEndpoint.Post(OnePath + "/name", Access.Nurse, page => SaveAsync(page, person => page.Field(NameField).Trim() is { Length: <= HouseholdPerson.MaxNameChars } name
            ? person with { Name = name.Length == 0 ? null : name }
            : null)),
        PageEndpoint.Post(OnePath + "/language", Access.Person, page => SaveAsync(page, person => page.Field(LanguageField) is var code && (code.Length == 0 || Languages.Codes.Contains(code))
            ? person with { Language = code.Length == 0 ? null : code }
            : null)),
        PageEndpoint.Post(OnePath + "/units", Access.Person, SetUnitAsync),
        PageEndpoint.Post(OnePath + "/pin", Access.Person, SetPinAsync),
    ];

    /// <summary>Path of a person's page.</summary>
    public static string PathOf(int person) => $"{Path}/{person.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Path of what is set for a person.</summary>
    public static string SettingsPathOf(int person) => PathOf(person) + SettingsEnding;

    private static async Task ShowAsync(PageContext page, PinProblem? problem = null, TimeSpan wait = default, int status = StatusCodes.Status200OK)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not { } person)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        string? unit = await page.Household.GetSettingAsync(HouseholdSettings.GlucoseUnitOf(person.Number), page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<PersonSettingsPage>(
            status,
            (nameof(PersonSettingsPage.Person), person),
            (nameof(PersonSettingsPage.Problem), problem),
            (nameof(PersonSettingsPage.Wait), wait),
            (nameof(PersonSettingsPage.GlucoseUnit), unit)).ConfigureAwait(false);
    }

    private static async Task SaveAsync(PageContext page, Func<HouseholdPerson, HouseholdPerson?> change)
    {
        HouseholdPerson? person = await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false);
        HouseholdPerson? changed = person is null ? null : change(person);
        if (changed is null || !await page.Household.SavePersonAsync(changed, page.Cancellation).ConfigureAwait(false))
        {
            await page.FailAsync(person is null ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        await page.GoToAsync($"{SettingsPathOf(changed.Number)}?{Done}={Saved}").ConfigureAwait(false);
    }

    private static async Task SetUnitAsync(PageContext page)
    {
        string unit = page.Field(NursePages.GlucoseField);
        bool isRight = (unit.Length == 0 || NursePages.GlucoseUnits.Contains(unit))
            && await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not null;
        if (!isRight)
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        await page.Household.SetSettingAsync(HouseholdSettings.GlucoseUnitOf(page.PersonNumber), unit.Length == 0 ? null : unit, page.Cancellation).ConfigureAwait(false);
        await page.GoToAsync($"{SettingsPathOf(page.PersonNumber)}?{Done}={Saved}").ConfigureAwait(false);
    }

    /// <summary>The nurse sets a person's PIN; the person must know the old one to change it.</summary>
    private static async Task SetPinAsync(PageContext page)
    {
        int account = page.PersonNumber;
        string pin = page.Field(NewPinFields.PinName);
        if (PinRules.Check(account, pin, page.Field(NewPinFields.AgainName)) is { } problem)
        {
            await ShowAsync(page, problem, default, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        if (page.Session is { IsNurse: false } && await SignInPages.CheckAsync(page, account, page.Field(OldPinField)).ConfigureAwait(false) is { IsRight: false } outcome)
        {
            await ShowAsync(page, PinProblem.OldWrong, outcome.Wait, SignInPages.StatusOf(page, outcome)).ConfigureAwait(false);
            return;
        }

        if (!await page.Household.SetPinAsync(account, await SignInDesk.HashAsync(pin, page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false))
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        PatientReference? patient = (await page.Household.FindPersonAsync(account, page.Cancellation).ConfigureAwait(false))?.Patient;
        await page.Parts.Audit.AddAsync(new AuditNote(page.Now, AuditActs.PinSet, page.Who, patient, null), CancellationToken.None).ConfigureAwait(false);
        if (page.Session is { IsNurse: false })
        {
            // The new PIN has signed this browser out with all others.
            await SignInPages.EnterAsync(page, account).ConfigureAwait(false);
        }

        await page.GoToAsync($"{SettingsPathOf(account)}?{Done}={Saved}").ConfigureAwait(false);
    }
}
