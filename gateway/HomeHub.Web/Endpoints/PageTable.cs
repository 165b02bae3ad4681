using HomeHub.Web.Consent;
using HomeHub.Web.Devices;
using HomeHub.Web.Look;
using HomeHub.Web.Moving;
using HomeHub.Web.Own;
using HomeHub.Web.Pages;
using HomeHub.Web.People;
using HomeHub.Web.Readings;
using HomeHub.Web.Setup;
using HomeHub.Web.SignIn;
using HomeHub.Web.Status;
using HomeHub.Web.Support;

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
        .. TodayPages.Endpoints,
        .. TrendPages.Endpoints,
        .. DataPages.Endpoints,
        .. ActsPages.Endpoints,
        .. ErasePages.Endpoints,
        .. NursePages.Endpoints,
        .. ConsentPages.Endpoints,
        .. ReadingsPages.Endpoints,
        .. EntryPages.Endpoints,
        .. SupportPages.Endpoints,
        .. StatusPages.Endpoints,
        .. DevicePages.Endpoints,
        .. NearPages.Endpoints,
        .. PairPages.Endpoints,
        .. TestPages.Endpoints,
        .. DecidePages.Endpoints,
        .. UsePages.Endpoints,
        .. EndPages.Endpoints,
        .. SetupPages.Endpoints,
        .. PlacePages.Endpoints,
        .. NetworkPages.Endpoints,
        .. ConnectionPages.Endpoints,
        .. PeopleStepPages.Endpoints,
        .. SummaryPages.Endpoints,
        .. MovePages.Endpoints,
        .. TakeInPages.Endpoints,
        .. RestartPages.Endpoints,
        .. LookFiles.Endpoints,
    ];
}
