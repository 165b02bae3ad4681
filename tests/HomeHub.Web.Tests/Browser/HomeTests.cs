using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>What happens in a home, from the box to the everyday: installing with a restart and a second phone, a patient's day, two people at once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HomeTests(BrowserFixture fixture)
{
    private const string Cuff = "C0:FF:EE:00:00:01";

    private static readonly Dictionary<string, decimal> Values = new() { ["systolic"] = 137, ["diastolic"] = 81, ["pulse"] = 66 };

    [SkippableFact]
    public async Task A_hub_is_installed_from_the_label_to_the_summary_with_a_restart_and_another_phone_in_between()
    {
        await using var radio = new SimulatedCentral(TimeProvider.System);
        await using PagesBench bench = await PagesBench.OpenNewAsync(time: TimeProvider.System, radio: radio);
        bench.KnownPatients = [];
        await using var hub = new RunningHub(bench);
        CarriedDevice cuff = radio.Add(BenchDevices.BondedCuff, Cuff, AddressType.Random);
        await cuff.AdvertiseAsync(true, default);

        await using IBrowserContext first = await OpenAsync();
        IPage page = await first.NewPageAsync();
        await page.GotoAsync(RootOf(bench));
        await page.FillAsync("#code", (await bench.Household.GetClaimCodeAsync(default))!);
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.FillAsync("#again", PagesBench.NursePin);
        await page.ClickAsync("main button");
        await page.ArriveAsync("**/setup");
        await page.GetByText("Go on: Language and time zone").ClickAsync();
        await page.CheckAsync("input[name=language][value=en]");
        await page.SelectOptionAsync("select[name=zone]", "Europe/Madrid");
        await page.GetByText("Save and go on").ClickAsync();
        await page.ArriveAsync("**/setup/network");
        await page.ClickAsync("form[action$='/setup/network/done'] button");
        await page.ArriveAsync("**/setup/connection");
        await page.ClickAsync("form[action$='/setup/connection/done'] button");
        await page.ArriveAsync("**/setup/people");

        // In the middle of it the hub starts anew, and the nurse goes on with another phone.
        await bench.RestartAsync();
        await using IBrowserContext second = await OpenAsync();
        page = await second.NewPageAsync();
        await SignInAsync(page, bench, 0, PagesBench.NursePin);
        await page.ArriveAsync("**/setup");
        await page.GetByText("Go on: Who lives here").ClickAsync();
        await page.FillAsync("input[name=id]", "Patient/p1");
        await page.GetByText("Show who it is").ClickAsync();
        await page.GetByText("Is this right?").WaitForAsync();
        Assert.Empty(await bench.Household.ListPeopleAsync(default));
        await page.FillAsync("input[name=name]", "Begoña");
        await page.GetByText("Yes, add this person").ClickAsync();
        await page.ArriveAsync("**/setup/people?done=saved");
        await page.ClickAsync("form[action$='/setup/people/done'] button");

        await page.ArriveAsync("**/setup/devices");
        await page.ClickAsync("main a[href='/devices']");
        await page.ClickAsync("main a[href='/devices/near']");
        await page.GetByText("Choose Bench Cuff").ClickAsync();
        await page.GetByText("Pair it now").ClickAsync();
        await page.GetByText("Go on: a test reading").ClickAsync();
        await cuff.Model.MeasureAsync(Values, default);
        await page.GetByText("Upper pressure 137 mmHg").WaitForAsync();
        await page.GetByText("Go on: whose is the device?").ClickAsync();
        await page.GetByLabel("Begoña").CheckAsync();
        await page.GetByText("Go on", new() { Exact = true }).ClickAsync();
        await page.GetByText("Yes, that is right").ClickAsync();
        await page.ArriveAsync("**/readings");
        await page.GetByLabel("A test: throw it away").First.CheckAsync();
        await page.GetByText("Go on", new() { Exact = true }).ClickAsync();
        await page.GetByText("Yes, do it").ClickAsync();
        await page.GetByText("Saved").WaitForAsync();
        await page.GotoAsync(RootOf(bench) + "/setup/next");
        await page.ArriveAsync("**/setup/clocks");
        await page.ClickAsync("form[action$='/setup/clocks/done'] button");

        await page.ArriveAsync("**/setup/consent");
        await page.ClickAsync("main a[href='/people/1/consent']");
        await DecideAsync(page, "care-team", "May have them", "nurse and daughter", DataKinds.BloodPressure, DataKinds.Weight);
        await PictureAsync(page, "install-consent");
        await page.GotoAsync(RootOf(bench) + "/setup/next");
        await page.ArriveAsync("**/setup/patient");
        bench.Overview.Now = bench.Overview.Now with { Devices = await bench.Devices.ListAsync(default) };
        await page.ClickAsync("form[action$='/setup/patient/done'] button");
        await page.ArriveAsync("**/setup/summary");
        foreach (string said in new[] { "Begoña", "Patient/p1", "Bench Cuff", "Europe/Madrid", "nurse and daughter" })
        {
            Assert.Contains(said, await page.InnerTextAsync("main"), StringComparison.Ordinal);
        }

        await PictureAsync(page, "install-summary");
        await page.ClickAsync("form[action$='/setup/summary/done'] button");
        await page.ArriveAsync("**/status");

        // Nothing of the test went anywhere; what the patient measures from now on does.
        Assert.Equal((0, 0), ((int)bench.Buffer.CountBuffered(Recipient.CareTeam), (int)(await bench.Buffer.CountAsync(default)).Receipted));
        await cuff.Model.MeasureAsync(new Dictionary<string, decimal> { ["systolic"] = 128, ["diastolic"] = 79, ["pulse"] = 61 }, default);
        await cuff.AdvertiseAsync(true, default);
        await Eventually.HoldsAsync(() => bench.Buffer.CountBuffered(Recipient.CareTeam) > 0, "the first reading waits for the care team");
    }

    [SkippableFact]
    public async Task A_person_sees_the_own_day_and_takes_a_consent_back_that_holds_from_then_on()
    {
        await using var radio = new SimulatedCentral(TimeProvider.System);
        await using PagesBench bench = await PagesBench.OpenAsync(time: TimeProvider.System, radio: radio);
        await bench.Consents.DecideAsync(SampleConsents.All(), default);
        await using var hub = new RunningHub(bench);
        DateTimeOffset now = bench.Clock.GetUtcNow();
        await bench.Buffer.AppendAsync([.. Enumerable.Range(0, 10).Select(day => Pressure(day + 1, now.AddDays(-day).AddMinutes(-day), 126).ToSend())], default);
        await using IBrowserContext context = await OpenAsync();
        IPage page = await context.NewPageAsync();
        await SignInAsync(page, bench, 1, PagesBench.PersonPin);
        await page.GetByText("126/83").First.WaitForAsync();
        await page.GetByText("as usual").First.WaitForAsync();
        await PictureAsync(page, "day-today");
        await page.GetByText("Trends", new() { Exact = true }).ClickAsync();
        await page.ArriveAsync("**/trends");
        await page.Locator("main").GetByText("30 days", new() { Exact = true }).First.ClickAsync();
        await page.ArriveAsync("**days=30");
        Assert.Equal(10, await page.Locator("table.data tbody tr").CountAsync());
        await PictureAsync(page, "day-trends");
        IDownload taken = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.GetByText("My data", new() { Exact = true }).ClickAsync();
            await page.GetByText("All as a table (CSV)").ClickAsync();
        });
        Assert.DoesNotContain("Bego", taken.SuggestedFilename, StringComparison.OrdinalIgnoreCase);
        long waiting = bench.Buffer.CountBuffered(Recipient.CareTeam);
        Assert.Equal(10, waiting);

        await page.GetByText("Who may have it", new() { Exact = true }).ClickAsync();
        await DecideAsync(page, "care-team", "May not have them", "", DataKinds.BloodPressure);
        await page.GetByText("May no longer have it").First.WaitForAsync();
        await PictureAsync(page, "day-withdrawn");
        await Eventually.HoldsAsync(() => bench.Buffer.CountBuffered(Recipient.CareTeam) == 0, "nothing of it waits for the care team any more");
        await page.GetByText("My data", new() { Exact = true }).ClickAsync();
        await page.GetByText("kept here because you did not agree to send it").First.WaitForAsync();
    }

    [SkippableFact]
    public async Task Two_people_at_once_see_each_their_own()
    {
        await using PagesBench bench = await PagesBench.OpenAsync(time: TimeProvider.System);
        DateTimeOffset now = bench.Clock.GetUtcNow();
        await bench.Buffer.AppendAsync([Pressure(1, now, 126).ToSend(), Pressure(2, now, 171, SampleReadings.OtherPatient).ToSend()], default);
        await using IBrowserContext one = await OpenAsync(), other = await OpenAsync();
        IPage mine = await one.NewPageAsync(), theirs = await other.NewPageAsync();
        await Task.WhenAll(SignInAsync(mine, bench, 1, PagesBench.PersonPin), SignInAsync(theirs, bench, 2, PagesBench.OtherPin));
        await Task.WhenAll(mine.GetByText("126/83").WaitForAsync(), theirs.GetByText("171/83").WaitForAsync());
        Assert.DoesNotContain("171", await mine.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("126", await theirs.InnerTextAsync("main"), StringComparison.Ordinal);
        IResponse? refused = await mine.GotoAsync(RootOf(bench) + "/people/2/data");
        Assert.Equal(403, refused!.Status);
    }

    private static AcquiredReading Pressure(int number, DateTimeOffset at, ushort systolic, PatientReference? patient = null)
    {
        AcquiredReading reading = SampleReadings.BloodPressure(number, patient, systolic: systolic);
        return reading with { Effective = new EffectiveTime(at, StampUse.None) };
    }

    private static string RootOf(PagesBench bench) => $"https://localhost:{bench.Server.Port.ToString(CultureInfo.InvariantCulture)}";

    private static async Task SignInAsync(IPage page, PagesBench bench, int account, string pin)
    {
        await page.GotoAsync($"{RootOf(bench)}/sign-in/{account.ToString(CultureInfo.InvariantCulture)}");
        await page.FillAsync("#pin", pin);
        await page.ClickAsync("main button");
        await page.ArriveAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static async Task DecideAsync(IPage page, string recipient, string answer, string present, params DataKinds[] kinds)
    {
        ILocator card = page.Locator($"section[aria-labelledby=to-{recipient}]");
        foreach (DataKinds kind in kinds)
        {
            await card.Locator($"input[value={kind.ToName()}]").CheckAsync();
        }

        await card.Locator("input[name=present]").FillAsync(present);
        await card.GetByText(answer, new() { Exact = true }).ClickAsync();
        await page.GetByText("Is this right?").WaitForAsync();
        await page.GetByText("Yes, record it").ClickAsync();
        await page.GetByText("Recorded. It holds from this moment.").WaitForAsync();
    }

    private static Task PictureAsync(IPage page, string name) => page.ScreenshotAsync(new() { Path = Path.Combine(PageLook.Pictures(), name + ".png"), FullPage = true });

    private async Task<IBrowserContext> OpenAsync() => await fixture.Require().NewContextAsync(
        new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 390, Height = 844 } });
}
