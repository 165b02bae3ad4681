using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Naming;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Status;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>The guide by which a nurse installs the hub: its steps, how far they are, and the steps that only lead elsewhere and are said to be done.</summary>
internal static class SetupPages
{
    public const string Path = "/setup", NextPath = Path + "/next";

    /// <summary>Steps that are done when the nurse says so on their page.</summary>
    private static readonly SetupStep[] Said = [SetupStep.Network, SetupStep.Connection, SetupStep.People, SetupStep.Devices, SetupStep.Clocks, SetupStep.Patient];

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Path, Access.Nurse, async page =>
            await page.ShowAsync<SetupPage>(parameters: (nameof(SetupPage.Guide), await SetupProgress.ReadAsync(page).ConfigureAwait(false))).ConfigureAwait(false)),
        PageEndpoint.Get(NextPath, Access.Nurse, GoOnAsync),
        PageEndpoint.Get(PathOf(SetupStep.Devices), Access.Nurse, async page => await page.ShowAsync<DevicesStepPage>(parameters:
        [
            (nameof(DevicesStepPage.Devices), await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false)), (nameof(DevicesStepPage.People), await PeopleOf(page).ConfigureAwait(false)),
        ]).ConfigureAwait(false)),
        PageEndpoint.Get(PathOf(SetupStep.Clocks), Access.Nurse, async page => await page.ShowAsync<ClocksStepPage>(parameters:
            (nameof(ClocksStepPage.Devices), await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false))).ConfigureAwait(false)),
        PageEndpoint.Get(PathOf(SetupStep.Consent), Access.Nurse, async page => await page.ShowAsync<ConsentStepPage>(parameters:
            (nameof(ConsentStepPage.People), await PeopleOf(page).ConfigureAwait(false))).ConfigureAwait(false)),
        PageEndpoint.Get(PathOf(SetupStep.Patient), Access.Nurse, async page => await page.ShowAsync<PatientStepPage>(parameters:
            (nameof(PatientStepPage.People), await PeopleOf(page).ConfigureAwait(false))).ConfigureAwait(false)),
        .. Said.Select(step => PageEndpoint.Post(DonePathOf(step), Access.Nurse, page => DoneAsync(page, step))),
    ];

    /// <summary>A step in addresses and settings: <c>place</c>.</summary>
    public static string SlugOf(SetupStep step) => KebabName.Of(step);

    /// <summary>Path of a step's page.</summary>
    public static string PathOf(SetupStep step) => $"{Path}/{SlugOf(step)}";

    /// <summary>Path that is told that a step is done.</summary>
    public static string DonePathOf(SetupStep step) => $"{PathOf(step)}/done";

    /// <summary>On to the first step that is open; when there is none, to the list of all.</summary>
    public static async Task GoOnAsync(PageContext page) =>
        await page.GoToAsync((await SetupProgress.ReadAsync(page).ConfigureAwait(false)).FirstOpen is { } step ? PathOf(step) : Path).ConfigureAwait(false);

    /// <summary>The household's people, those included whom devices and readings name.</summary>
    public static async Task<IReadOnlyList<HouseholdPerson>> PeopleOf(PageContext page)
    {
        IReadOnlyList<PatientReference> known = await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false);
        await page.Household.AddPeopleAsync(known, page.Cancellation).ConfigureAwait(false);
        return await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
    }

    /// <summary>Where the nurse goes who has signed in: to the guide until it is finished.</summary>
    public static async Task<string> StartOf(PageContext page) =>
        await SetupProgress.IsFinishedAsync(page.Household, page.Cancellation).ConfigureAwait(false) ? StatusPages.Path : Path;

    private static async Task DoneAsync(PageContext page, SetupStep step)
    {
        if (step == SetupStep.People && (await PeopleOf(page).ConfigureAwait(false)).Count == 0)
        {
            await PeopleStepPages.ShowAsync(page, "", PersonIdProblem.Missing, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        await SetupProgress.MarkAsync(page, step).ConfigureAwait(false);
        await GoOnAsync(page).ConfigureAwait(false);
    }
}
