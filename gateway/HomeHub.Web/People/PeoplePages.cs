using System.Globalization;
using HomeHub.Core.Household;
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

    private const string OnePath = Path + "/{person:int}";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, async page =>
        {
            await page.Household.AddPeopleAsync(await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false);
            await page.ShowAsync<PeoplePage>(parameters: (nameof(PeoplePage.People), await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        }),
        PageEndpoint.Get(OnePath, Access.Person, page => ShowAsync(page)),
        PageEndpoint.Post(OnePath + "/name", Access.Nurse, page => SaveAsync(page, person => page.Field(NameField).Trim() is { Length: <= HouseholdPerson.MaxNameChars } name
            ? person with { Name = name.Length == 0 ? null : name }
            : null)),
        PageEndpoint.Post(OnePath + "/language", Access.Person, page => SaveAsync(page, person => page.Field(LanguageField) is var code && (code.Length == 0 || Languages.Codes.Contains(code))
            ? person with { Language = code.Length == 0 ? null : code }
            : null)),
        PageEndpoint.Post(OnePath + "/pin", Access.Person, SetPinAsync),
    ];

    /// <summary>Path of a person's page.</summary>
    public static string PathOf(int person) => $"{Path}/{person.ToString(CultureInfo.InvariantCulture)}";

    private static async Task ShowAsync(PageContext page, PinProblem? problem = null, TimeSpan wait = default, int status = StatusCodes.Status200OK)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not { } person)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        await page.ShowAsync<PersonPage>(
            status, (nameof(PersonPage.Person), person), (nameof(PersonPage.Problem), problem), (nameof(PersonPage.Wait), wait)).ConfigureAwait(false);
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

        await page.GoToAsync($"{PathOf(changed.Number)}?{Done}={Saved}").ConfigureAwait(false);
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

        if (page.Session is { IsNurse: false })
        {
            // The new PIN has signed this browser out with all others.
            await SignInPages.EnterAsync(page, account).ConfigureAwait(false);
        }

        await page.GoToAsync($"{PathOf(account)}?{Done}={Saved}").ConfigureAwait(false);
    }
}
