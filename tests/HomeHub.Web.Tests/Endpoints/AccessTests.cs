using System.Net;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tests.Browser;
using Microsoft.AspNetCore.Routing;

namespace HomeHub.Web.Tests.Endpoints;

/// <summary>Walks every endpoint that is mapped, as everybody.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    /// <summary>Pages that only lead on, as those of a hub that was moved do where it was not.</summary>
    private static readonly string[] WaysOn = ["/", "/claim", "/claim/move", "/setup/next", "/setup/network/joining", "/moved", "/moved/archive", "/moved/undo", "/moved/wipe"];

    private PagesBench _bench = null!;

    /// <summary>With devices that are near and set up, and a reading.</summary>
    public async Task InitializeAsync() => _bench = await DeviceScene.OpenAsync();

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _bench.Radio!.DisposeAsync();
    }

    [Fact]
    public void What_is_mapped_is_the_table_and_nothing_else()
    {
        string[] mapped = [.. _bench.Server.Mapped.Cast<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))];
        string[] table = [.. PageTable.All.Select(endpoint => $"{endpoint.Method} {endpoint.Route}")];
        Assert.Equal(table.Order(StringComparer.Ordinal), mapped.Order(StringComparer.Ordinal));
        Assert.Equal(table.Length, table.Distinct().Count());
    }

    [Fact]
    public void A_page_of_one_person_says_so_in_its_route() => Assert.All(PageTable.All, endpoint =>
        Assert.Equal(endpoint.Access == Access.Person, endpoint.Route.Contains("{person", StringComparison.Ordinal) && endpoint.Access != Access.Nurse));

    [Fact]
    public async Task Nobody_sees_only_what_is_for_anyone() => await WalkAsync(_bench.OpenBrowser(), false, access => access == Access.Anyone);

    [Fact]
    public async Task A_person_sees_what_is_for_them() =>
        await WalkAsync(await _bench.SignInAsync(1), true, access => access is Access.Anyone or Access.SignedIn or Access.Person);

    [Fact]
    public async Task Another_person_does_not_see_it() => await WalkAsync(await _bench.SignInAsync(2), true, access => access is Access.Anyone or Access.SignedIn);

    [Fact]
    public async Task The_nurse_sees_all() => await WalkAsync(await _bench.SignInAsync(0), true, _ => true);

    [Fact]
    public async Task A_number_that_is_written_otherwise_is_not_another_person()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        foreach (string number in new[] { "+1", "01", "1.0", "2", "-1", "%31" })
        {
            HttpStatusCode status = (await person.GetAsync($"/people/{number}")).StatusCode;
            Assert.True(number == "%31" ? status == HttpStatusCode.OK : status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{number}: {status}");
        }
    }

    /// <summary>
    /// Asks for everything, each placeholder filled with something that is there. Forms go twice: without a token, which is refused for everybody, and with a good one and
    /// nothing filled in, which reaches the page of whoever may and is refused for whoever may not.
    /// </summary>
    private static async Task WalkAsync(PageBrowser browser, bool isSignedIn, Func<Access, bool> may)
    {
        // Signing out comes last: whoever is signed out may nothing more.
        foreach (PageEndpoint endpoint in PageTable.All.OrderBy(endpoint => endpoint.Route == "/sign-out"))
        {
            string path = PathOf(endpoint.Route);
            if (endpoint.Method == "POST")
            {
                using HttpResponseMessage bare = await browser.SendAsync(endpoint.Method, path, []);
                Assert.True(bare.StatusCode == (may(endpoint.Access) ? HttpStatusCode.BadRequest : isSignedIn ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized), $"{path}, without a token: {bare.StatusCode}");
                await browser.GetAsync("/sign-in");
                using HttpResponseMessage filled = await browser.PostAsync(path);
                Assert.True(IsExpected(filled), $"{path}, with a token: {filled.StatusCode}");
            }
            else
            {
                using HttpResponseMessage answer = await browser.SendAsync(endpoint.Method, path, head: true);
                Assert.True(IsExpected(answer), $"{path}: {answer.StatusCode}");
            }

            bool IsExpected(HttpResponseMessage answer) => may(endpoint.Access) ? IsAnswer(endpoint, answer)
                : isSignedIn ? answer.StatusCode == HttpStatusCode.Forbidden
                : endpoint.Method == "GET" && !path.EndsWith("/live", StringComparison.Ordinal) ? LeadsTo(answer, "/sign-in")
                : answer.StatusCode == HttpStatusCode.Unauthorized;
        }
    }

    /// <summary>
    /// A page, a way on, or, for a form with nothing filled in, what is missing. Whatever is asked for is there. Signing out has no field that could be missing: were every good token refused,
    /// it would be seen there.
    /// </summary>
    private static bool IsAnswer(PageEndpoint endpoint, HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK => true,
        HttpStatusCode.SeeOther => endpoint.Method == "POST" || WaysOn.Contains(endpoint.Route),
        HttpStatusCode.BadRequest => endpoint.Method == "POST" && endpoint.Route != "/sign-out",
        HttpStatusCode.UnprocessableEntity => endpoint.Method == "POST",
        _ => false,
    };

    private static bool LeadsTo(HttpResponseMessage answer, string path) => answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.ToString() == path;

    private static string PathOf(string route)
    {
        string device = route.StartsWith("/devices/near/", StringComparison.Ordinal) ? DeviceScene.New : route.Contains("{slot}", StringComparison.Ordinal) ? DeviceScene.Scale : DeviceScene.Cuff;
        string path = route.Replace("{device}", device, StringComparison.Ordinal);
        foreach (string one in new[] { "{person:int}", "{who:int}", "{reading:long}", "{slot}" })
        {
            path = path.Replace(one, "1", StringComparison.Ordinal);
        }

        Assert.DoesNotContain('{', path);
        return path;
    }
}
