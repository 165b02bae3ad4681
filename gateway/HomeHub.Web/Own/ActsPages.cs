using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;

namespace HomeHub.Web.Own;

/// <summary>Who did what: for a person what was about them, for the nurse all of it, with whether the log is as it was written.</summary>
internal static class ActsPages
{
    public const string Path = "/acts";

    /// <summary>Entries on a page.</summary>
    public const int PageEntries = 50;

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(PeoplePages.OnePath + Path, Access.Person, page => PersonFile.WithPersonAsync(page, person => ShowAsync(page, person, null))),
        PageEndpoint.Get(Path, Access.Nurse, async page =>
            await ShowAsync(page, null, await page.Parts.Audit.VerifyAsync(null, page.Cancellation).ConfigureAwait(false)).ConfigureAwait(false)),
    ];

    /// <summary>Path of what was about a person.</summary>
    public static string PathOf(int person) => PeoplePages.PathOf(person) + Path;

    private static async Task ShowAsync(PageContext page, HouseholdPerson? person, AuditCheck? check)
    {
        long before = PersonFile.Before(page);
        IReadOnlyList<AuditEntry> entries = await page.Parts.Audit.ReadNewestAsync(person?.Patient, before, PageEntries + 1, page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<ActsPage>(parameters:
        [
            (nameof(ActsPage.Person), person),
            (nameof(ActsPage.Check), check),
            (nameof(ActsPage.Entries), entries.Take(PageEntries).ToArray()),
            (nameof(ActsPage.HasMore), entries.Count > PageEntries),
            (nameof(ActsPage.IsFirst), before == long.MaxValue),
            (nameof(ActsPage.People), await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false)),
        ]).ConfigureAwait(false);
    }
}
