using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Own;

/// <summary>What the pages about a person's own data share.</summary>
internal static class PersonFile
{
    /// <summary>Runs an endpoint for the person whose number stands in the path, or says that there is none.</summary>
    public static async Task WithPersonAsync(PageContext page, Func<HouseholdPerson, Task> run)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is { } person)
        {
            await run(person).ConfigureAwait(false);
        }
        else
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves word in the audit log of what was done with a person's data.</summary>
    public static Task<AuditEntry> NoteAsync(PageContext page, string act, HouseholdPerson person, string format) =>
        page.Parts.Audit.AddAsync(new AuditNote(page.Now, act, page.Who, person.Patient, AuditAbout.Of((AuditDetail.Format, format))), page.Cancellation);

    /// <summary>The number in a page's query by which the page before it ended; where there is none, more than any.</summary>
    public static long Before(PageContext page) =>
        long.TryParse(page.Http.Request.Query[BeforeValue], NumberStyles.None, CultureInfo.InvariantCulture, out long before) ? before : long.MaxValue;

    /// <summary>Name of that number.</summary>
    public const string BeforeValue = "before";
}
