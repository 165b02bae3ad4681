using HomeHub.Web.Look;
using HomeHub.Web.Pages;
using HomeHub.Web.People;
using HomeHub.Web.Setup;
using HomeHub.Web.SignIn;
using HomeHub.Web.Status;

namespace HomeHub.Web.Endpoints;

/// <summary>Every endpoint that the hub serves, with who may use it. What is not here is not served.</summary>
public static class PageTable
{
    /// <summary>The table.</summary>
    public static IReadOnlyList<PageEndpoint> All { get; } =
    [
        .. StartPages.Endpoints,
        .. ClaimPages.Endpoints,
        .. SignInPages.Endpoints,
        .. LanguagePages.Endpoints,
        .. PeoplePages.Endpoints,
        .. NursePages.Endpoints,
        .. StatusPages.Endpoints,
        .. SetupPages.Endpoints,
        .. PlacePages.Endpoints,
        .. NetworkPages.Endpoints,
        .. ConnectionPages.Endpoints,
        .. PeopleStepPages.Endpoints,
        .. SummaryPages.Endpoints,
        .. LookFiles.Endpoints,
    ];
}
