using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.SignIn;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.People;

/// <summary>What the nurse sets for herself and for the whole hub.</summary>
internal static class NursePages
{
    public const string Path = "/nurse", PinPath = Path + "/pin", SettingsPath = Path + "/settings", GlucoseField = "glucose";

    /// <summary>Units in which glucose can be shown.</summary>
    public static readonly string[] GlucoseUnits = ["mmol/L", "mg/dL"];

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Post(PinPath, Access.Nurse, SetPinAsync),
        PageEndpoint.Post(SettingsPath, Access.Nurse, SaveAsync),
    ];

    private static async Task ShowAsync(PageContext page, PinProblem? problem = null, TimeSpan wait = default, int status = StatusCodes.Status200OK) =>
        await page.ShowAsync<NursePage>(
            status,
            (nameof(NursePage.Problem), problem),
            (nameof(NursePage.Wait), wait),
            (nameof(NursePage.HubLanguage), await page.Household.GetSettingAsync(HouseholdSettings.Language, page.Cancellation).ConfigureAwait(false)),
            (nameof(NursePage.GlucoseUnit), await page.Household.GetSettingAsync(HouseholdSettings.GlucoseUnit, page.Cancellation).ConfigureAwait(false))).ConfigureAwait(false);

    private static async Task SetPinAsync(PageContext page)
    {
        string pin = page.Field(NewPinFields.PinName);
        if (PinRules.Check(HouseholdAccounts.Nurse, pin, page.Field(NewPinFields.AgainName)) is { } problem)
        {
            await ShowAsync(page, problem, default, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        SignInOutcome outcome = await SignInPages.CheckAsync(page, HouseholdAccounts.Nurse, page.Field(PeoplePages.OldPinField)).ConfigureAwait(false);
        if (!outcome.IsRight)
        {
            await ShowAsync(page, PinProblem.OldWrong, outcome.Wait, SignInPages.StatusOf(page, outcome)).ConfigureAwait(false);
            return;
        }

        await page.Household.SetPinAsync(HouseholdAccounts.Nurse, await SignInDesk.HashAsync(pin, page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false);
        await page.Parts.Audit.AddAsync(new AuditNote(page.Now, AuditActs.PinSet, page.Who, null, null), CancellationToken.None).ConfigureAwait(false);
        await SignInPages.EnterAsync(page, HouseholdAccounts.Nurse).ConfigureAwait(false);
        await page.GoToAsync($"{Path}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    private static async Task SaveAsync(PageContext page)
    {
        string language = page.Field(PeoplePages.LanguageField), unit = page.Field(GlucoseField);
        if ((language.Length > 0 && !Languages.Codes.Contains(language)) || !GlucoseUnits.Contains(unit))
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        await page.Household.SetSettingAsync(HouseholdSettings.Language, language.Length == 0 ? null : language, page.Cancellation).ConfigureAwait(false);
        await page.Household.SetSettingAsync(HouseholdSettings.GlucoseUnit, unit, page.Cancellation).ConfigureAwait(false);
        await page.GoToAsync($"{Path}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }
}
