using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Programs;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Texts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>A nurse replaces a hub, with her phone: two hubs as they are shipped, each starting anew by itself while she looks.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MoveTests(BrowserFixture fixture) : IDisposable
{
    private static readonly PageWaitForFunctionOptions Patient = new() { Timeout = 90_000 };

    public static TheoryData<string> AllLanguages => [.. Languages.Codes];

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-moving-").FullName;
    private readonly ConcurrentQueue<string> _found = new();

    [SkippableFact]
    public async Task A_nurse_takes_everything_from_the_old_hub_to_the_new_one_and_wipes_the_old()
    {
        await using IBrowserContext context = await fixture.Require().NewContextAsync(
            new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 390, Height = 844 }, AcceptDownloads = true });
        IPage page = await context.NewPageAsync();
        string old = Path.Combine(_folder, "old"), fresh = Path.Combine(_folder, "new");
        await FillAsync(old);
        (Executable oldHub, string oldRoot) = await StartAsync(old);
        using (oldHub)
        {
            await SignInAsync(page, oldRoot);
            await page.GotoAsync(oldRoot + "/nurse");
            await page.GetByText("Move to a new hub").ClickAsync();
            Assert.Contains("3 readings", await page.InnerTextAsync("main"), StringComparison.Ordinal);
            await LookAsync(page, "move");
            await page.GetByText("Yes, stop this hub and pack").ClickAsync();
            string code = Regex.Match(await page.InnerTextAsync(".transfer-code"), "[0-9A-Z]{4}(-[0-9A-Z]{4}){6}").Value;
            await LookAsync(page, "move-code");
            await WaitForTextAsync(page, "Done: the hub is back");
            Assert.Contains(code, await page.InnerTextAsync("main"), StringComparison.Ordinal);
            await page.GetByText("Go on", new() { Exact = true }).ClickAsync();
            await page.ArriveAsync("**/moved");
            await LookAsync(page, "moved");
            IDownload file = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Get the file").ClickAsync());
            string archive = Path.Combine(_folder, file.SuggestedFilename);
            await file.SaveAsAsync(archive);
            await page.GotoAsync(oldRoot + "/moved/undo");
            await LookAsync(page, "moved-undo");

            (Executable newHub, string newRoot) = await StartAsync(fresh);
            using (newHub)
            {
                await using IBrowserContext there = await fixture.Require().NewContextAsync(new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 390, Height = 844 } });
                IPage phone = await there.NewPageAsync();
                await phone.GotoAsync(newRoot);
                await LookAsync(phone, "claim");
                await phone.GetByText("Take over from another hub").ClickAsync();
                await LookAsync(phone, "take-in");
                await phone.FillAsync("#code", await ReadClaimCodeAsync(fresh));
                await phone.FillAsync("#transfer", code.ToLowerInvariant());
                await phone.GetByText("Go on", new() { Exact = true }).ClickAsync();
                await phone.GetByText("The file from the hub before").WaitForAsync();
                await LookAsync(phone, "take-in-file");
                await phone.SetInputFilesAsync("#archive", archive);
                await phone.GetByText("Take it over").ClickAsync();
                await phone.GetByRole(AriaRole.Heading, new() { Name = "The history is here" }).WaitForAsync(new() { Timeout = 90_000 });
                await LookAsync(phone, "taken-in");
                await WaitForTextAsync(phone, "Done: the hub is back");
                await phone.GetByText("Go on", new() { Exact = true }).ClickAsync();
                await phone.ArriveAsync("**/sign-in");
                await SignInAsync(phone, newRoot);
                await phone.GotoAsync(newRoot + "/people");
                Assert.Contains("Begoña", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
                await phone.GotoAsync(newRoot + "/devices");
                Assert.Contains("Bench Cuff", await phone.InnerTextAsync("main"), StringComparison.Ordinal);
                await phone.GotoAsync(newRoot + "/status");
                await LookAsync(phone, "taken-in-status");
                await phone.GotoAsync(newRoot + "/acts");
                string acts = await phone.InnerTextAsync("main");
                Assert.Contains("Took in the history of the hub before", acts, StringComparison.Ordinal);
                Assert.Contains("Packed the hub's history", acts, StringComparison.Ordinal);
                Assert.Equal(0, await newHub.StopAsync());
            }

            await page.GotoAsync(oldRoot + "/moved/wipe");
            await LookAsync(page, "wipe");
            await page.GetByText("Yes, erase this hub").ClickAsync();
            await page.GetByText("Everything of the home that the hub kept was erased").WaitForAsync(new() { Timeout = 90_000 });
            await LookAsync(page, "wiped");
            await Eventually.HoldsAsync(() => Regex.Count(oldHub.Error, "Pages at") == 3, "the hub starts as a new one");
            await page.GotoAsync(oldRoot);
            await page.ArriveAsync("**/claim");
            Assert.Equal(0, await oldHub.StopAsync());
        }

        await using (SqliteReadingBuffer buffer = await OpenBufferAsync(fresh))
        {
            Assert.Equal(3, (await buffer.CountAsync(default)).Buffered);
        }

        Assert.Empty(_found);
    }

    [SkippableTheory]
    [MemberData(nameof(AllLanguages))]
    public async Task The_pages_of_a_move_are_fit_for_everybody_in_every_language(string language)
    {
        await using IBrowserContext context = await fixture.Require().NewContextAsync(new() { IgnoreHTTPSErrors = true, Locale = language, ViewportSize = new() { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        var code = TransferCode.Create();
        string archive = Path.Combine(_folder, "archive");
        await using (PagesBench old = await PagesBench.OpenAsync(time: TimeProvider.System))
        {
            await using (await OpenBufferAsync(old.Folder))
            {
            }

            string root = RootOf(old);
            await SignInAsync(page, root);
            await page.GotoAsync(root + "/move");
            await page.ClickAsync("button.grave");
            await page.Locator(".transfer-code").WaitForAsync();
            await LookAsync(page, $"code, {language}", hasPicture: false);
            await HistoryMoves.PackAsync(old.Folder, Path.Combine(old.Folder, "move-away.archive"), code, "nurse", TimeProvider.System, default);
            await old.RestartAsync();
            root = RootOf(old);
            foreach (string path in new[] { "/moved", "/moved/undo", "/moved/wipe" })
            {
                await page.GotoAsync(root + path);
                await LookAsync(page, $"{path}, {language}", hasPicture: false);
            }

            Assert.Equal(0, await page.Locator("button.grave").CountAsync());
            IAPIResponse file = await context.APIRequest.GetAsync(root + "/moved/archive");
            Assert.True(file.Ok);
            await File.WriteAllBytesAsync(archive, await file.BodyAsync());
            await page.GotoAsync(root + "/moved/undo");
            await page.ClickAsync("button.grave");
            await page.Locator("[data-live='/restart/live']").WaitForAsync();
            await LookAsync(page, $"restart, {language}", hasPicture: language == Languages.DefaultCode);

            // It starts anew, and somebody has packed it again meanwhile.
            await old.RestartAsync();
            root = RootOf(old);
            await Eventually.HoldsAsync(
                async () =>
                {
                    await page.GotoAsync(root + "/moved/wipe");
                    return await page.Locator("button.grave").CountAsync() == 1;
                },
                () => "it is known that somebody has the file", Eventually.Deadline, TimeSpan.FromMilliseconds(100));
            await LookAsync(page, $"wipe, {language}", hasPicture: false);
            await page.ClickAsync("button.grave");
            await page.Locator("#proof").WaitForAsync();
            await LookAsync(page, $"proof, {language}", hasPicture: false);
        }

        await using PagesBench fresh = await PagesBench.OpenNewAsync(time: TimeProvider.System);
        await context.ClearCookiesAsync();
        await page.GotoAsync(RootOf(fresh) + "/claim/move");
        await LookAsync(page, $"take-in, {language}", hasPicture: false);
        await page.FillAsync("#code", (await fresh.Household.GetClaimCodeAsync(default))!);
        await page.FillAsync("#transfer", code.Text);
        await page.ClickAsync("main form button");
        await page.Locator("#archive").WaitForAsync();
        await LookAsync(page, $"file, {language}", hasPicture: false);
        await page.SetInputFilesAsync("#archive", archive);
        await page.ClickAsync("main form button");
        await page.Locator("[data-live='/restart/live']").WaitForAsync();
        await LookAsync(page, $"taken in, {language}", hasPicture: false);
        Assert.Empty(_found);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<SqliteReadingBuffer> OpenBufferAsync(string folder) =>
        SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);

    private static async Task FillAsync(string folder)
    {
        await using (SqliteReadingBuffer buffer = await OpenBufferAsync(folder))
        {
            await buffer.AppendAsync(SampleReadings.Many(1, 3), default);
        }

        await using (SqliteDeviceRegistry devices = await SqliteDeviceRegistry.OpenAsync(folder, default))
        {
            await devices.SaveAsync(
                new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Name = "Bench Cuff", Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start, Bond = BondSecurity.SecureConnections }, default);
        }

        await using (SqliteConsentBook consents = await SqliteConsentBook.OpenAsync(folder, default))
        {
            await consents.DecideAsync(SampleConsents.All(), default);
        }

        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(folder, default);
        string code = (await household.EnsureClaimCodeAsync(ClaimCode.Create(), default))!;
        await household.ClaimAsync(code, PinHash.Create(PagesBench.NursePin), default);
        await household.AddPeopleAsync([SampleReadings.Patient], default);
        await household.SavePersonAsync(new HouseholdPerson(1, SampleReadings.Patient) { Name = "Begoña" }, default);
    }

    private static string RootOf(PagesBench bench) => $"https://localhost:{bench.Server.Port.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<string> ReadClaimCodeAsync(string folder)
    {
        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(folder, default);
        return (await household.GetClaimCodeAsync(default))!;
    }

    private static async Task SignInAsync(IPage page, string root)
    {
        await page.GotoAsync(root + "/sign-in/0");
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.ClickAsync("main button");
        await page.ArriveAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    private static Task WaitForTextAsync(IPage page, string text) => page.WaitForFunctionAsync("text => document.body.innerText.includes(text)", text, Patient);

    /// <summary>Looks at a page as the others are looked at.</summary>
    private async Task LookAsync(IPage page, string name, bool hasPicture = true)
    {
        if (hasPicture)
        {
            await PageLook.PicturesAsync(page, $"move-{name}", _found);
        }

        await PageLook.InEveryLookAsync(page, name, _found);
    }

    private async Task<(Executable Hub, string Root)> StartAsync(string folder)
    {
        string configuration = Path.Combine(_folder, "pages.json");
        await File.WriteAllTextAsync(configuration, """{"pages":{"redirectFrom":0}}""");
        string root = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{FreePort.Take()}");
        var hub = Executable.Start(
            Executable.Hub, "run", "--data", folder, "--broker", string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{FreePort.Take()}"), "--pages", root, "--config", configuration);
        await Eventually.HoldsAsync(() => hub.Error.Contains("Pages at", StringComparison.Ordinal), "the pages are served");
        return (hub, root);
    }
}
