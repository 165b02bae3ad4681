using System.Globalization;
using HomeHub.Core.Household;
using HomeHub.Web.Pages;
using HomeHub.Web.Safety;
using HomeHub.Web.SignIn;
using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Endpoints;

/// <summary>One request, as an endpoint sees it: who asks, in which language, over which ports, and the ways to answer.</summary>
public sealed class PageContext
{
    /// <summary>Nobody who lives was born before.</summary>
    private const int OldestYear = 1900;

    private readonly PageServices _services;

    internal PageContext(HttpContext http, PagesParts parts, PageServices services, Language language, PageSession? session)
    {
        (Http, Parts, _services, Language, Session) = (http, parts, services, language, session);
        Now = parts.Time.GetLocalNow();
    }

    /// <summary>The request itself, for what the rest does not give.</summary>
    public HttpContext Http { get; }

    /// <summary>The ports.</summary>
    public PagesParts Parts { get; }

    /// <summary>The reader's language.</summary>
    public Language Language { get; }

    /// <summary>Who is signed in; null: nobody.</summary>
    public PageSession? Session { get; }

    /// <summary>The nurse who is signed in, as it is recorded.</summary>
    public const string NurseWho = "nurse, at the pages";

    /// <summary>Who is signed in, as it is recorded: the pages know a role and a number, no name.</summary>
    public string Who => Session switch
    {
        { IsNurse: true } => NurseWho,
        { Account: var person } => WhoIs(person),
        null => "nobody, at the pages",
    };

    /// <summary>A person who is signed in, as it is recorded.</summary>
    public static string WhoIs(int person) => string.Create(CultureInfo.InvariantCulture, $"person {person}, at the pages");

    /// <summary>When the request came, in the home's time zone.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Ends when the one who asks goes away.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>The number of the person whose page it is, from the path.</summary>
    public int PersonNumber => int.Parse((string)Http.Request.RouteValues[PageEndpoint.PersonValue]!, NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <summary>Number to call in an emergency.</summary>
    public string EmergencyNumber => Parts.EmergencyNumber ?? Language.Text("format.emergency");

    /// <summary>Where the request comes from, as tries are counted.</summary>
    internal string RemoteKey => RemoteAddress.KeyOf(Http.Connection.RemoteIpAddress);

    internal PageServices Services => _services;

    /// <summary>The household.</summary>
    public IHousehold Household => Parts.Household;

    /// <summary>The token that each form carries; sets the cookie that belongs to it. Not after the answer has begun.</summary>
    public string FormToken => _services.Antiforgery.GetAndStoreTokens(Http).RequestToken!;

    /// <summary>An instant, in the home's time zone.</summary>
    public DateTimeOffset ToHome(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Parts.Time.LocalTimeZone);

    /// <summary>The beginning, at home, of a day that was written as <c>2026-11-26</c>; null where it is no day of anybody who lives.</summary>
    public DateTimeOffset? ReadDay(string text)
    {
        if (!DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) || day.Year < OldestYear)
        {
            return null;
        }

        return new DateTimeOffset(day, Parts.Time.LocalTimeZone.GetUtcOffset(day));
    }

    /// <summary>A field of the form that was sent; empty when it is not there.</summary>
    public string Field(string name) => Http.Request.HasFormContentType && Http.Request.Form.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>Answers with a page.</summary>
    /// <typeparam name="T">The page's component, within a <c>PageLayout</c>.</typeparam>
    /// <param name="status">HTTP status.</param>
    /// <param name="parameters">Its parameters.</param>
    public async Task ShowAsync<T>(int status = StatusCodes.Status200OK, params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        string html = await RenderAsync<T>(parameters).ConfigureAwait(false);
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "text/html; charset=utf-8";
        await Http.Response.WriteAsync(html, Cancellation).ConfigureAwait(false);
    }

    /// <summary>The HTML of a component: a live part.</summary>
    public Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent => _services.Renderer.RenderAsync(typeof(T), this, parameters.ToDictionary(one => one.Name, one => one.Value));

    /// <summary>Answers that the browser shall go on to another page, with GET.</summary>
    /// <param name="path">Path of the hub's own, never one that was sent.</param>
    public Task GoToAsync(string path)
    {
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    /// <summary>Answers with an error in words: 400, 403, 404, 429 or 500.</summary>
    public Task FailAsync(int status) => ShowAsync<ErrorPage>(status, (nameof(ErrorPage.Status), status));
}
