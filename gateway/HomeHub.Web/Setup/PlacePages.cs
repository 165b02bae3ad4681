using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Time;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>Language of the pages and the home's time zone. The zone counts at once: what was held for want of it is given on.</summary>
internal static class PlacePages
{
    public const string ZoneField = "zone";

    private static readonly string Path = SetupPages.PathOf(SetupStep.Place);

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, page => ShowAsync(page, page.Parts.Zone.Zone?.Id, false)),
        PageEndpoint.Post(Path, Access.Nurse, SaveAsync),
    ];

    private static async Task ShowAsync(PageContext page, string? zone, bool isZoneWrong, int status = StatusCodes.Status200OK) => await page.ShowAsync<PlacePage>(
        status,
        (nameof(PlacePage.HubLanguage), await page.Household.GetSettingAsync(HouseholdSettings.Language, page.Cancellation).ConfigureAwait(false)),
        (nameof(PlacePage.Zone), zone),
        (nameof(PlacePage.IsZoneWrong), isZoneWrong)).ConfigureAwait(false);

    private static async Task SaveAsync(PageContext page)
    {
        string language = page.Field(PeoplePages.LanguageField);
        if (language.Length > 0 && !Languages.Codes.Contains(language))
        {
            await page.FailAsync(StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        HomeZone home = page.Parts.Zone;
        if (!home.IsFixed)
        {
            string name = page.Field(ZoneField);
            if (HomeZone.Find(name) is not { } zone)
            {
                await ShowAsync(page, null, true, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
                return;
            }

            if (zone.Id != home.Zone?.Id)
            {
                await page.Household.SetSettingAsync(HouseholdSettings.TimeZone, zone.Id, page.Cancellation).ConfigureAwait(false);
                home.Set(zone);
                await SetupProgress.NoteAsync(page, AuditActs.TimeZoneSet, null, AuditAbout.Of((AuditDetail.Zone, zone.Id))).ConfigureAwait(false);
            }
        }

        string? chosen = language.Length == 0 ? null : language;
        if (chosen != await page.Household.GetSettingAsync(HouseholdSettings.Language, page.Cancellation).ConfigureAwait(false))
        {
            await page.Household.SetSettingAsync(HouseholdSettings.Language, chosen, page.Cancellation).ConfigureAwait(false);
            await SetupProgress.NoteAsync(page, AuditActs.LanguageSet, null, AuditAbout.Of((AuditDetail.Language, chosen))).ConfigureAwait(false);
        }

        await SetupProgress.MarkAsync(page, SetupStep.Place).ConfigureAwait(false);
        await SetupPages.GoOnAsync(page).ConfigureAwait(false);
    }
}
