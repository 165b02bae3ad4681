using System.Net;
using System.Text.RegularExpressions;
using HomeHub.Core.Audit;
using HomeHub.Core.Moving;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Web.Setup;
using HomeHub.Core.Household;
using HomeHub.Web.Tests.Bench;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Web.Tests.Moving;

/// <summary>The pages of the hub that is replaced, and of the one that takes its place. What happens between the rounds is done by the test, as the hub's program does it.</summary>
public sealed partial class MovePagesTests : IAsyncLifetime
{
    private PagesBench _old = null!;
    private PagesBench _new = null!;

    public async Task InitializeAsync()
    {
        _old = await PagesBench.OpenAsync();
        _new = await PagesBench.OpenNewAsync();
        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = _old.Folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _old.DisposeAsync();
        await _new.DisposeAsync();
    }

    [Fact]
    public async Task A_hub_is_packed_after_a_yes_and_shows_its_code_once()
    {
        PageBrowser nurse = await _old.SignInAsync(0);
        Assert.Contains(PagesBench.Hub.Id.ToString("D"), await nurse.ReadAsync("/move"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/move")).StatusCode);
        Assert.False(_old.Move.IsStartingAnew);
        TransferCode code = await PackAsync(nurse);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();

        string moved = await nurse.ReadAsync("/moved");
        Assert.DoesNotContain(code.Text, moved, StringComparison.Ordinal);
        byte[] archive = await (await nurse.GetAsync("/moved/archive")).Content.ReadAsByteArrayAsync();
        Assert.Equal("HomeHub history"u8, archive.AsSpan(0, 15));
        Assert.Equal(archive, await (await nurse.GetAsync("/moved/archive")).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_hub_that_was_moved_shows_nothing_else_and_tells_a_person_so()
    {
        PageBrowser nurse = await _old.SignInAsync(0), person = await _old.SignInAsync(1);
        await PackAsync(nurse);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();
        foreach (string path in new[] { "/", "/status", "/devices", "/people/1", "/nurse", "/claim/move", "/move", "/look/nothing" })
        {
            HttpResponseMessage answer = await nurse.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound || answer.Headers.Location?.ToString() == "/moved", $"{path}: {answer.StatusCode} {answer.Headers.Location}");
        }

        Assert.Equal("/moved", (await person.GetAsync("/people/1")).Headers.Location!.ToString());
        string page = await person.ReadAsync("/moved");
        Assert.DoesNotContain("/moved/", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await person.GetAsync("/moved/archive")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _old.OpenBrowser().GetAsync("/moved")).StatusCode);
        Assert.Equal("/sign-in", (await _old.OpenBrowser().GetAsync("/moved/archive")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await _old.OpenBrowser().SignInAsync(0, PagesBench.NursePin)).StatusCode);
    }

    [Fact]
    public async Task A_nurse_without_a_pin_makes_the_moved_hub_hers_and_has_the_file_and_the_ways_on()
    {
        await PackAsync(await _old.SignInAsync(0));
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();
        Assert.Contains("\"/sign-in/0\"", await _old.OpenBrowser().ReadAsync("/moved"), StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await _old.OpenBrowser().GetAsync("/claim")).Headers.Location!.ToString());

        // As the command does that resets the PIN.
        string code = ClaimCode.Create();
        await using (SqliteHousehold household = await SqliteHousehold.OpenAsync(_old.Folder, default))
        {
            await household.ResetNurseAsync(code, default);
        }

        await _old.StopAsync();
        await _old.OpenAgainAsync();
        PageBrowser nurse = _old.OpenBrowser();
        Assert.Contains("\"/claim\"", await nurse.ReadAsync("/moved"), StringComparison.Ordinal);
        Assert.DoesNotContain("/claim/move", await nurse.ReadAsync("/claim"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.ClaimAsync("AAAA-AAAA-AAAA", "482915")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.ClaimAsync(code, "482915")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nurse.GetAsync("/moved/archive")).StatusCode);
        foreach (string way in new[] { "/moved/archive", "/moved/undo", "/moved/wipe" })
        {
            Assert.Contains($"\"{way}\"", await nurse.ReadAsync("/moved"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_way_back_needs_a_yes_and_the_hub_is_as_before()
    {
        PageBrowser nurse = await _old.SignInAsync(0);
        await PackAsync(nurse);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();
        await nurse.ReadAsync("/moved/undo");
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/moved/undo")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nurse.PostAsync("/moved/undo", ("confirmed", "yes"))).StatusCode);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();
        await nurse.ReadAsync("/status");
        Assert.Equal("/", (await nurse.GetAsync("/moved")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Wiping_needs_a_yes_and_shows_the_proof_when_it_is_done()
    {
        PageBrowser nurse = await _old.SignInAsync(0);
        await PackAsync(nurse);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();

        // What is in the file is nowhere else until somebody has it.
        Assert.Contains("Nobody has got the file from this hub yet", await nurse.ReadAsync("/moved/wipe"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await nurse.PostAsync("/moved/wipe", ("confirmed", "yes"))).StatusCode);
        Assert.True((await (await nurse.GetAsync("/moved/archive")).Content.ReadAsByteArrayAsync()).Length > 0);
        await Eventually.HoldsAsync(
            async () => !(await nurse.ReadAsync("/moved/wipe")).Contains("Nobody has got", StringComparison.Ordinal), () => "it is known that somebody has it", Eventually.Deadline, TimeSpan.FromMilliseconds(20));
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/moved/wipe")).StatusCode);
        HttpResponseMessage answer = await nurse.PostAsync("/moved/wipe", ("confirmed", "yes"));
        string proof = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("Proof that this hub was erased", proof, StringComparison.Ordinal);
        Assert.Contains(PagesBench.Hub.Id.ToString("D"), proof, StringComparison.Ordinal);
        Assert.Contains("nmcli connection delete", proof, StringComparison.Ordinal);
        MatchCollection files = LookOfPage().Matches(proof);
        Assert.NotEmpty(files);
        foreach (Match file in files)
        {
            Assert.Equal(HttpStatusCode.OK, (await nurse.GetAsync(file.Groups[1].Value)).StatusCode);
        }

        Assert.Empty(Directory.GetFiles(_old.Folder, "*.db*"));
        Assert.Empty(Directory.GetFiles(_old.Folder, "*.archive*"));
    }

    [Fact]
    public async Task What_is_held_keeps_a_hub_from_being_packed_and_the_page_says_what_to_do()
    {
        await using (SqliteHeldPayloads held = await SqliteHeldPayloads.OpenAsync(_old.Folder, default))
        {
            await held.HoldAsync([new(new("s", Testing.SampleReadings.Patient, Testing.SampleReadings.Monitor, null, Testing.SampleReadings.Rejected(1).Payload), "boot", TimeSpan.Zero)], default);
        }

        PageBrowser nurse = await _old.SignInAsync(0);
        HttpResponseMessage page = await nurse.GetAsync("/move");
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("Set the time zone", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await nurse.PostAsync("/move", ("confirmed", "yes"))).StatusCode);
        Assert.False(_old.Move.IsStartingAnew);
    }

    [Fact]
    public async Task A_new_hub_takes_the_file_with_both_codes_and_the_pins_come_along()
    {
        (TransferCode code, byte[] archive) = await FetchAsync();
        PageBrowser nurse = _new.OpenBrowser();
        Assert.Contains("/claim/move", await nurse.ReadAsync("/claim"), StringComparison.Ordinal);
        await nurse.ReadAsync("/claim/move");
        string claim = (await _new.Household.GetClaimCodeAsync(default))!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.PostAsync("/claim/move", ("code", claim), ("transfer", code.Text[..^1]))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nurse.PostAsync("/claim/move", ("code", "ACDE-FGHJ-KM34"), ("transfer", code.Text))).StatusCode);
        string ticket = await TicketAsync(nurse, claim, code.Text.ToLowerInvariant());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await UploadAsync(nurse, ticket, archive[..^9], "not whole"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await UploadAsync(nurse, ticket, [1, 2, 3], "not from a hub"));
        Assert.False(_new.Move.IsStartingAnew);
        Assert.Equal((HttpStatusCode.OK, true), await UploadAsync(nurse, ticket, archive, "The history is here"));

        await _new.DoMeanwhileAsync();
        await _new.StopAsync();
        await _new.Household.DisposeAsync();
        await HistoryMoves.SettleAsync(_new.Folder, TimeProvider.System, default);
        await _new.OpenAgainAsync();
        Assert.Equal("/sign-in", (await _new.OpenBrowser().GetAsync("/claim")).Headers.Location!.ToString());
        Assert.Equal("/sign-in", (await _new.OpenBrowser().GetAsync("/")).Headers.Location!.ToString());
        await (await _new.SignInAsync(0)).ReadAsync("/people");
        await (await _new.SignInAsync(1)).ReadAsync("/people/1");
        Assert.Equal("Begoña", (await _new.Household.FindPersonAsync(1, default))!.Name);
    }

    [Fact]
    public async Task Nobody_without_the_claim_code_brings_a_file_and_guessing_it_is_counted()
    {
        (TransferCode code, byte[] archive) = await FetchAsync();
        PageBrowser guest = _new.OpenBrowser();
        await guest.ReadAsync("/claim/move");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await UploadAsync(guest, new string('0', 32), archive, "That took too long"));
        HttpStatusCode last = default;
        for (int i = 0; i < LockOut.FreeTries; i++)
        {
            last = (await guest.PostAsync("/claim/move", ("code", "AAAA-AAAA-AAAA"), ("transfer", code.Text))).StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.False(_new.Move.IsStartingAnew);
    }

    [Fact]
    public async Task A_ticket_is_too_old_after_half_an_hour()
    {
        (TransferCode code, byte[] archive) = await FetchAsync();
        PageBrowser nurse = _new.OpenBrowser();
        await nurse.ReadAsync("/claim/move");
        string ticket = await TicketAsync(nurse, (await _new.Household.GetClaimCodeAsync(default))!, code.Text);
        _new.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), await UploadAsync(nurse, ticket, archive, "That took too long"));
    }

    [Fact]
    public async Task A_file_without_the_pages_token_is_refused()
    {
        HttpResponseMessage answer = await _new.OpenBrowser().UploadAsync("/claim/move/archive", [("ticket", "0")], "archive", new byte[100_000], withToken: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_hub_that_is_somebodys_takes_nothing()
    {
        Assert.Equal("/claim", (await _old.OpenBrowser().GetAsync("/claim/move")).Headers.Location!.ToString());
        await _new.Household.AddPeopleAsync([Testing.SampleReadings.Patient], default);
        HttpResponseMessage page = await _new.OpenBrowser().GetAsync("/claim/move");
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.DoesNotContain("name=\"transfer\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_move_are_the_guides_own_names_and_that_the_hub_was_in_a_network() => Assert.Equal(
        [.. new[] { SetupStep.Network, SetupStep.Connection, SetupStep.Summary }.Select(SetupMark.KeyOf), HouseholdSettings.HadNetwork], HouseholdSettings.OfTheMachine);

    private static async Task<TransferCode> PackAsync(PageBrowser nurse)
    {
        await nurse.ReadAsync("/move");
        string page = await (await nurse.PostAsync("/move", ("confirmed", "yes"))).Content.ReadAsStringAsync();
        return TransferCode.Read(CodeOfPage().Match(page).Value)!;
    }

    private static async Task<string> TicketAsync(PageBrowser nurse, string claim, string transfer)
    {
        HttpResponseMessage answer = await nurse.PostAsync("/claim/move", ("code", claim), ("transfer", transfer));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return TicketOfPage().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
    }

    private static async Task<(HttpStatusCode Status, bool SaysSo)> UploadAsync(PageBrowser nurse, string ticket, byte[] archive, string says)
    {
        HttpResponseMessage answer = await nurse.UploadAsync("/claim/move/archive", [("ticket", ticket)], "archive", archive);
        return (answer.StatusCode, Regex.IsMatch(await answer.Content.ReadAsStringAsync(), says));
    }

    private async Task<(TransferCode Code, byte[] Archive)> FetchAsync()
    {
        PageBrowser nurse = await _old.SignInAsync(0);
        TransferCode code = await PackAsync(nurse);
        await _old.DoMeanwhileAsync();
        await _old.RestartAsync();
        return (code, await (await nurse.GetAsync("/moved/archive")).Content.ReadAsByteArrayAsync());
    }

    [GeneratedRegex("[0-9A-Z]{4}(-[0-9A-Z]{4}){6}")]
    private static partial Regex CodeOfPage();

    [GeneratedRegex("(?:href|src)=\"(/look/[^\"]+)\"")]
    private static partial Regex LookOfPage();

    [GeneratedRegex("name=\"ticket\" value=\"([0-9a-f]{32})\"")]
    private static partial Regex TicketOfPage();
}
