using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Testing;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.SignIn;

public sealed class SignInTests : IAsyncLifetime
{
    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Everybody_comes_in_at_the_start_and_goes_on_by_who_they_are()
    {
        Assert.Equal("/sign-in", await WhereAsync(_bench.OpenBrowser()));
        Assert.Equal("/setup", await WhereAsync(await _bench.SignInAsync(0)));
        Assert.Equal("/people/1", await WhereAsync(await _bench.SignInAsync(1)));
    }

    [Fact]
    public async Task Only_people_with_a_pin_are_offered_and_by_their_name_of_home()
    {
        await _bench.Household.SetPinAsync(2, null, default);
        string page = await _bench.OpenBrowser().ReadAsync("/sign-in");
        Assert.Contains("Begoña", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Patient/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-in/2", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _bench.OpenBrowser().GetAsync("/sign-in/2")).StatusCode);
        foreach (int nobody in new[] { -1, 2, 1001 })
        {
            // Not counted either: such counts would push those of others out.
            PageBrowser guest = _bench.OpenBrowser();
            await guest.GetAsync("/sign-in/1");
            Assert.Equal(HttpStatusCode.NotFound, (await guest.PostAsync($"/sign-in/{nobody}", ("pin", "1234"))).StatusCode);
            Assert.Equal(SignInTries.None, await _bench.Household.GetTriesAsync($"{nobody}", default));
        }
    }

    [Fact]
    public async Task A_pin_that_is_set_stands_in_the_log_with_who_set_it()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/settings");
        await nurse.PostAsync("/people/1/pin", ("pin", "6021"), ("again", "6021"));
        AuditNote note = Assert.Single(await _bench.Audit.ReadAsync(0, 10, default)).Note;
        Assert.Equal((AuditActs.PinSet, "nurse, at the pages", SampleReadings.Patient), (note.Act, note.Who, note.Patient));
    }

    [Fact]
    public async Task The_cookies_are_for_this_host_over_tls_and_for_no_script_and_no_other_site()
    {
        PageBrowser browser = _bench.OpenBrowser();
        HttpResponseMessage answer = await browser.SignInAsync(0, PagesBench.NursePin);
        string[] cookies = [.. answer.Headers.GetValues("Set-Cookie")];
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-homehub=", StringComparison.Ordinal) && !cookie.Contains("expires=", StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 30)]
    public async Task Who_rests_is_signed_out_and_who_is_at_work_is_not(int account, int minutes)
    {
        PageBrowser browser = await _bench.SignInAsync(account);
        string path = account == 0 ? "/people" : "/people/1";
        for (int i = 0; i < 3; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMinutes(minutes - 1));
            await browser.ReadAsync(path);
        }

        _bench.Time.Advance(TimeSpan.FromMinutes(minutes + 1));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Nobody_stays_signed_in_for_longer_than_twelve_hours()
    {
        PageBrowser browser = await _bench.SignInAsync(1);
        for (int i = 0; i < 35; i++)
        {
            _bench.Time.Advance(TimeSpan.FromMinutes(20));
            await browser.ReadAsync("/people/1");
        }

        _bench.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/people/1")).StatusCode);
    }

    [Fact]
    public async Task A_new_pin_signs_out_everywhere_else()
    {
        PageBrowser here = await _bench.SignInAsync(1), there = await _bench.SignInAsync(1), nurse = await _bench.SignInAsync(0);
        await here.GetAsync("/people/1");
        Assert.Equal(HttpStatusCode.SeeOther, (await here.PostAsync("/people/1/pin", ("old", PagesBench.PersonPin), ("pin", "90210"), ("again", "90210"))).StatusCode);
        await here.ReadAsync("/people/1");
        Assert.Equal(HttpStatusCode.SeeOther, (await there.GetAsync("/people/1")).StatusCode);
        await nurse.GetAsync("/people/1");
        Assert.Equal("/people/1/settings?done=saved", (await nurse.PostAsync("/people/1/pin", ("pin", "5150"), ("again", "5150"))).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await here.GetAsync("/people/1")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await here.SignInAsync(1, "90210")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await here.SignInAsync(1, "5150")).StatusCode);
    }

    [Fact]
    public async Task A_person_must_know_the_old_pin_to_change_it()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        await person.GetAsync("/people/1");
        HttpResponseMessage answer = await person.PostAsync("/people/1/pin", ("old", "0000"), ("pin", "90210"), ("again", "90210"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(1, (await _bench.Household.GetPinAsync(1, default)).Generation);
    }

    [Fact]
    public async Task Who_signs_out_is_out()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.GetAsync("/status");
        Assert.Equal("/sign-in", (await nurse.PostAsync("/sign-out")).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.GetAsync("/status")).StatusCode);
    }

    [Fact]
    public async Task A_restart_of_the_hub_signs_nobody_out()
    {
        PageBrowser nurse = await _bench.SignInAsync(0);
        await _bench.RestartAsync();
        await nurse.ReadAsync("/status");
    }

    [Fact]
    public async Task Five_wrong_tries_are_free_then_each_further_one_costs_twice_as_long_also_over_a_restart()
    {
        PageBrowser guest = _bench.OpenBrowser();
        for (int i = 0; i < LockOut.FreeTries - 1; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.SignInAsync(0, "111222")).StatusCode);
        }

        HttpResponseMessage fifth = await guest.SignInAsync(0, "111222");
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)), (fifth.StatusCode, fifth.Headers.RetryAfter!.Delta!.Value));
        await _bench.RestartAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guest.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        _bench.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(60), (await guest.SignInAsync(0, "111222")).Headers.RetryAfter!.Delta);
        _bench.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.SeeOther, (await guest.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _bench.OpenBrowser().SignInAsync(0, "111222")).StatusCode);
    }

    [Fact]
    public async Task Whose_browser_was_signed_in_before_is_not_locked_out_by_a_guest()
    {
        PageBrowser nurse = await _bench.SignInAsync(0), guest = _bench.OpenBrowser();
        for (int i = 0; i < LockOut.FreeTries; i++)
        {
            await guest.SignInAsync(0, "111222");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await guest.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await nurse.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await guest.SignInAsync(1, PagesBench.PersonPin)).StatusCode);
    }

    [Fact]
    public async Task A_known_browser_is_counted_too_and_its_mark_is_of_no_other_account()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        foreach (Cookie cookie in person.Cookies.GetAllCookies().Where(cookie => cookie.Name.Contains("known", StringComparison.Ordinal)).ToArray())
        {
            person.Cookies.Add(new Cookie("__Host-homehub-known-0", cookie.Value, "/", cookie.Domain) { Secure = true });
        }

        for (int i = 0; i < LockOut.FreeTries; i++)
        {
            await _bench.OpenBrowser().SignInAsync(0, "111222");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await person.SignInAsync(0, PagesBench.NursePin)).StatusCode);
        for (int i = 0; i < LockOut.FreeTries; i++)
        {
            await person.SignInAsync(1, "0000");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await person.SignInAsync(1, PagesBench.PersonPin)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await _bench.OpenBrowser().SignInAsync(1, PagesBench.PersonPin)).StatusCode);
    }

    [Fact]
    public async Task Tries_over_many_addresses_are_counted_together()
    {
        using var desk = new SignInDesk(_bench.Household, _bench.Time);
        SignInOutcome last = default;
        for (int i = 0; i < SignInDesk.FreeOverAll; i++)
        {
            last = await desk.CheckPinAsync(0, "111222", $"192.0.2.{i}", null, default);
        }

        Assert.Equal(new SignInOutcome(false, TimeSpan.FromSeconds(30)), last);
        Assert.True((await desk.CheckPinAsync(0, PagesBench.NursePin, "192.0.2.200", null, default)).Wait > TimeSpan.Zero);
        Assert.True((await desk.CheckPinAsync(0, PagesBench.NursePin, "192.0.2.1", "known", default)).IsRight);
    }

    [Fact]
    public async Task Tries_at_the_same_moment_are_counted_one_by_one()
    {
        using var desk = new SignInDesk(_bench.Household, _bench.Time);
        using var together = new Barrier(12);
        SignInOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return desk.CheckPinAsync(0, "111222", "192.0.2.1", null, default);
            },
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
        Assert.Equal(LockOut.FreeTries - 1, outcomes.Count(outcome => outcome.Wait == TimeSpan.Zero));
        Assert.Equal(LockOut.FreeTries, (await _bench.Household.GetTriesAsync("0@192.0.2.1", default)).Wrong);
    }

    private static async Task<string> WhereAsync(PageBrowser browser) => (await browser.GetAsync("/")).Headers.Location!.ToString();
}
