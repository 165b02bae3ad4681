using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using HomeHub.Web.Setup;
using HomeHub.Web.SignIn;

namespace HomeHub.Web.Pages;

/// <summary>Where everybody comes in, and the page that shows all components to those who build pages.</summary>
internal static class StartPages
{
    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get("/", Access.Anyone, GoOnAsync),
        PageEndpoint.Get("/design", Access.Anyone, page => page.ShowAsync<DesignPage>()) with { IsForDevelopment = true },
    ];

    private static async Task GoOnAsync(PageContext page)
    {
        string path = page.Session switch
        {
            { IsNurse: true } => await SetupPages.StartOf(page).ConfigureAwait(false),
            { } person => PeoplePages.PathOf(person.Account),
            null when (await page.Household.GetPinAsync(HouseholdAccounts.Nurse, page.Cancellation).ConfigureAwait(false)).Hash is null => ClaimPages.Path,
            _ => SignInPages.Path,
        };
        await page.GoToAsync(path).ConfigureAwait(false);
    }
}
