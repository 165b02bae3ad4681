using System.Globalization;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.SignIn;

/// <summary>Signing in: who, then the PIN; and out.</summary>
internal static class SignInPages
{
    public const string Path = "/sign-in", SignOutPath = "/sign-out", PinField = "pin";

    private const string WhoValue = "who";

    public static PageEndpoint[] Endpoints { get; } = [.. Always.Select(endpoint => endpoint with { IsForMoved = true })];

    private static PageEndpoint[] Always =>
    [
        PageEndpoint.Get(Path, Access.Anyone, async page =>
        {
            IReadOnlyList<HouseholdPerson> people = await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
            await page.ShowAsync<WhoPage>(parameters: (nameof(WhoPage.People), people.Where(person => person.HasPin).ToArray())).ConfigureAwait(false);
        }),
        PageEndpoint.Get(Path + "/{who:int}", Access.Anyone, page => AskAsync(page, false, TimeSpan.Zero)),
        PageEndpoint.Post(Path + "/{who:int}", Access.Anyone, SignInAsync),
        PageEndpoint.Post(SignOutPath, Access.Anyone, async page =>
        {
            await page.Http.SignOutAsync(SessionCookie.Scheme).ConfigureAwait(false);
            await page.GoToAsync(Path).ConfigureAwait(false);
        }),
    ];

    /// <summary>Path of an account's sign-in.</summary>
    public static string PathOf(int account) => $"{Path}/{account.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Signs an account in, with a new PIN or after the right one, and remembers the browser.</summary>
    public static async Task EnterAsync(PageContext page, int account)
    {
        await SessionCookie.SignInAsync(page.Http, account, page.Household, page.Parts.Time.GetUtcNow()).ConfigureAwait(false);
        page.Services.Browsers.Remember(page.Http, account);
    }

    /// <summary>Status of an answer to a wrong try; says also for how long the next one has to wait.</summary>
    public static int StatusOf(PageContext page, SignInOutcome outcome)
    {
        if (outcome.Wait == TimeSpan.Zero)
        {
            return StatusCodes.Status422UnprocessableEntity;
        }

        page.Http.Response.Headers.RetryAfter = Math.Ceiling(outcome.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return StatusCodes.Status429TooManyRequests;
    }

    /// <summary>Checks the PIN of an account, counting wrong tries of this browser.</summary>
    public static Task<SignInOutcome> CheckAsync(PageContext page, int account, string pin) =>
        page.Services.Desk.CheckPinAsync(account, pin, page.RemoteKey, page.Services.Browsers.Find(page.Http, account), page.Cancellation);

    private static async Task SignInAsync(PageContext page)
    {
        int account = WhoOf(page);
        if (!await CanSignInAsync(page, account).ConfigureAwait(false))
        {
            // Before it is counted: counts of accounts that are not there would push others out.
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        SignInOutcome outcome = await CheckAsync(page, account, page.Field(PinField)).ConfigureAwait(false);
        if (!outcome.IsRight)
        {
            await AskAsync(page, true, outcome.Wait, StatusOf(page, outcome)).ConfigureAwait(false);
            return;
        }

        await EnterAsync(page, account).ConfigureAwait(false);
        await page.GoToAsync("/").ConfigureAwait(false);
    }

    private static async Task AskAsync(PageContext page, bool isWrong, TimeSpan wait, int status = StatusCodes.Status200OK)
    {
        int account = WhoOf(page);
        HouseholdPerson? person = account == HouseholdAccounts.Nurse ? null : await page.Household.FindPersonAsync(account, page.Cancellation).ConfigureAwait(false);
        if (account != HouseholdAccounts.Nurse && person is not { HasPin: true })
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        await page.ShowAsync<PinPage>(
            status,
            (nameof(PinPage.Account), account),
            (nameof(PinPage.Person), person),
            (nameof(PinPage.IsWrong), isWrong),
            (nameof(PinPage.Wait), wait)).ConfigureAwait(false);
    }

    private static async Task<bool> CanSignInAsync(PageContext page, int account) => account == HouseholdAccounts.Nurse
        || await page.Household.FindPersonAsync(account, page.Cancellation).ConfigureAwait(false) is { HasPin: true };

    private static int WhoOf(PageContext page) => int.Parse((string)page.Http.Request.RouteValues[WhoValue]!, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
