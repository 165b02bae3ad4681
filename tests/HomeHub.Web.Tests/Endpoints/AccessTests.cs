using System.Net;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Tests.Bench;
using Microsoft.AspNetCore.Routing;

namespace HomeHub.Web.Tests.Endpoints;

/// <summary>Walks every endpoint that is mapped, as everybody.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

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
    public async Task Nobody_sees_only_what_is_for_anyone() => await WalkAsync(_bench.OpenBrowser(), access => access == Access.Anyone);

    [Fact]
    public async Task A_person_sees_what_is_for_them() =>
        await WalkAsync(await _bench.SignInAsync(1), access => access is Access.Anyone or Access.SignedIn or Access.Person);

    [Fact]
    public async Task Another_person_does_not_see_it() => await WalkAsync(await _bench.SignInAsync(2), access => access is Access.Anyone or Access.SignedIn);

    [Fact]
    public async Task The_nurse_sees_all() => await WalkAsync(await _bench.SignInAsync(0), _ => true);

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

    /// <summary>Posts go without a token: who may gets 400 for that, who may not never comes so far.</summary>
    private static async Task WalkAsync(PageBrowser browser, Func<Access, bool> may)
    {
        foreach (PageEndpoint endpoint in PageTable.All)
        {
            string path = endpoint.Route.Replace("{person:int}", "1", StringComparison.Ordinal).Replace("{who:int}", "1", StringComparison.Ordinal).Replace("{reading:long}", "1", StringComparison.Ordinal);
            HttpResponseMessage answer = await browser.SendAsync(endpoint.Method, path, endpoint.Method == "POST" ? [] : null, head: true);
            bool wasRefused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.ToString() == "/sign-in" && path is not ("/" or "/claim"));
            Assert.True(wasRefused != may(endpoint.Access), $"{endpoint.Method} {endpoint.Route}: {answer.StatusCode}");
            if (endpoint.Method == "POST" && may(endpoint.Access))
            {
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }

            answer.Dispose();
        }
    }
}
