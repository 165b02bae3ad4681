using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Support;

public sealed class SupportPagesTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task The_nurse_gets_the_archive_as_a_file_and_word_is_left_of_it()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/support");
        HttpResponseMessage answer = await nurse.PostAsync("/support/bundle");
        Assert.Equal((HttpStatusCode.OK, "application/zip", "attachment; filename=homehub-support.zip"), (
            answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.ToString().Replace("\"", "", StringComparison.Ordinal)));
        Assert.Equal("bundle", await answer.Content.ReadAsStringAsync());
        AuditNote note = Assert.Single(await _bench.Audit.ReadAsync(0, 10, default)).Note;
        Assert.Equal((AuditActs.SupportBundleMade, "nurse, at the pages", PagesBench.Start), (note.Act, note.Who, note.At));
    }
}
