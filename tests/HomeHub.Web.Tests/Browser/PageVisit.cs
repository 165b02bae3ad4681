using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>A page that is looked at.</summary>
/// <param name="Name">Name of its picture.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Account">Who is signed in; <see cref="BrowserPages.Nobody"/>: nobody.</param>
internal sealed record PageVisit(string Name, string Path, int Account)
{
    /// <summary>Status of what is first shown at the path.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What is done there to come to a page that only answers a form; null: nothing.</summary>
    public Func<IPage, Task>? Then { get; init; }

    /// <summary>The field that is marked as wrong; null: none has to be.</summary>
    public string? Wrong { get; init; }
}
