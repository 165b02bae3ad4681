using HomeHub.Core.Consent;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Consent;

/// <summary>What a person lets others have of their readings: by kind of data and recipient. The person decides, or says it to the nurse.</summary>
internal static class ConsentPages
{
    private const string Route = PeoplePages.Path + "/{person:int}/consent";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Route, Access.Person, page => ShowAsync(page)),
        PageEndpoint.Post(Route + "/check", Access.Person, page => DecideAsync(page, (person, form, decisions) =>
            page.ShowAsync<ConsentCheckPage>(
                StatusCodes.Status200OK,
                (nameof(ConsentCheckPage.Person), person), (nameof(ConsentCheckPage.Form), form), (nameof(ConsentCheckPage.Decisions), decisions)))),
        PageEndpoint.Post(Route, Access.Person, page => DecideAsync(page, async (person, form, decisions) =>
        {
            if (await new ConsentDesk(page.Parts.Consents, page.Parts.Audit).DecideAsync(decisions, page.Who, page.Cancellation).ConfigureAwait(false) is not null)
            {
                // Somebody else decided between our look and theirs: shown as it is now.
                await ShowAsync(page, form, ConsentProblem.HoldsAlready).ConfigureAwait(false);
                return;
            }

            await page.GoToAsync($"{PathOf(person.Number)}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
        })),
    ];

    /// <summary>Path of a person's consents.</summary>
    public static string PathOf(int person) => PeoplePages.PathOf(person) + "/consent";

    private static async Task DecideAsync(PageContext page, Func<HouseholdPerson, ConsentForm, IReadOnlyList<ConsentDecision>, Task> go)
    {
        HouseholdPerson? person = await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false);
        if (person is null || ConsentForm.Read(page) is not { } form)
        {
            await page.FailAsync(person is null ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest).ConfigureAwait(false);
            return;
        }

        (IReadOnlyList<ConsentDecision> decisions, ConsentProblem? problem) = form.ToDecisions(person.Patient, page, page.Parts.Consents.State);
        await (problem is null ? go(person, form, decisions) : ShowAsync(page, form, problem)).ConfigureAwait(false);
    }

    /// <summary>Whether the room is asked about: there is a sensor, there was one, or the person decided about it.</summary>
    private static async Task<bool> HasRoomAsync(PageContext page, HouseholdPerson person) =>
        page.Parts.Consents.State.Decisions.Any(decision => decision.Kind == DataKinds.Room && decision.Patient == person.Patient)
        || (await page.Parts.Overview.ReadAsync(page.Cancellation).ConfigureAwait(false)).Room is { HasSensor: true }
        || (await page.Parts.Buffer.ReadPageAsync(PatientReference.Room, long.MaxValue, 1, page.Cancellation).ConfigureAwait(false)).Count > 0;

    private static async Task ShowAsync(PageContext page, ConsentForm? form = null, ConsentProblem? problem = null)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not { } person)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<ConsentDecision> history = await page.Parts.Consents.ReadHistoryAsync(page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<ConsentPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(ConsentPage.Person), person),
            (nameof(ConsentPage.Kinds), await HasRoomAsync(page, person).ConfigureAwait(false) ? DataKindNames.All : DataKindNames.OfPerson),
            (nameof(ConsentPage.State), page.Parts.Consents.State),
            (nameof(ConsentPage.History), history.Where(decision => decision.Patient == person.Patient).Reverse().ToArray()),
            (nameof(ConsentPage.Form), form),
            (nameof(ConsentPage.Problem), problem)).ConfigureAwait(false);
    }
}
