using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Endpoints;

/// <summary>One line of the table of endpoints.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>. A POST carries the form token, or is refused.</param>
/// <param name="Route">Path, with <c>{person:int}</c> where a person is meant. No health data, no name, no patient's reference.</param>
/// <param name="Access">Who may use it.</param>
/// <param name="RunAsync">What it does.</param>
public sealed record PageEndpoint(string Method, string Route, Access Access, Func<PageContext, Task> RunAsync)
{
    /// <summary>Name of the value of a route that says which person is meant.</summary>
    public const string PersonValue = "person";

    /// <summary>Whether it is there only for those who build pages.</summary>
    public bool IsForDevelopment { get; init; }

    /// <summary>Whether it is there also while the hub's history has moved to another one: all others then lead to the page that says so.</summary>
    public bool IsForMoved { get; init; }

    /// <summary>Whether its form has a file, which is read as it comes: then the endpoint itself looks for the form token, in front of the file.</summary>
    public bool TakesFile { get; init; }

    /// <summary>A page that is looked at.</summary>
    public static PageEndpoint Get(string route, Access access, Func<PageContext, Task> run) => new(HttpMethods.Get, route, access, run);

    /// <summary>A form that is sent.</summary>
    public static PageEndpoint Post(string route, Access access, Func<PageContext, Task> run) => new(HttpMethods.Post, route, access, run);
}
