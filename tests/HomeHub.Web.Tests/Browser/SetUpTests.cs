using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>A nurse with a phone sets a blood-pressure monitor up, from the empty list to the patient's first reading.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SetUpTests(BrowserFixture fixture)
{
    private const string Address = "C0:FF:EE:00:00:01", Digits = "C0FFEE000001";

    private static readonly Dictionary<string, decimal> Values = new() { ["systolic"] = 137, ["diastolic"] = 81, ["pulse"] = 66 };

    [SkippableFact]
    public async Task A_monitor_is_set_up_from_the_empty_list_to_a_confirmed_reading()
    {
        IBrowser browser = fixture.Require();
        await using var radio = new SimulatedCentral(TimeProvider.System);
        await using PagesBench bench = await PagesBench.OpenAsync(time: TimeProvider.System, radio: radio);
        await bench.Consents.DecideAsync(SampleConsents.All(), default);
        await using var hub = new RunningHub(bench);
        CarriedDevice cuff = radio.Add(BenchDevices.PasskeyCuff, Address, AddressType.Random);
        uint shown = 0;
        cuff.PasskeyShown += passkey => shown = passkey;
        await cuff.AdvertiseAsync(true, default);

        await using IBrowserContext context = await browser.NewContextAsync(new() { IgnoreHTTPSErrors = true, Locale = "en", ViewportSize = new() { Width = 390, Height = 844 } });
        IPage page = await context.NewPageAsync();
        string root = $"https://localhost:{bench.Server.Port.ToString(CultureInfo.InvariantCulture)}";
        await page.GotoAsync(root + "/sign-in/0");
        await page.FillAsync("#pin", PagesBench.NursePin);
        await page.ClickAsync("main button");
        await page.ClickAsync("nav a[href='/devices']");
        await page.GetByText("No device is set up yet.").WaitForAsync();
        await LookAsync(page, "1-none");

        await page.ClickAsync("main a[href='/devices/near']");
        await page.GetByText("Choose Bench Cuff").WaitForAsync();
        await LookAsync(page, "2-near");
        await page.GetByText("Choose Bench Cuff").ClickAsync();
        await page.GetByText("Pair it now").ClickAsync();
        await page.GetByText("Answer the device").WaitForAsync();
        await LookAsync(page, "3-asked");
        await page.GetByText("Answer the device").ClickAsync();
        await page.FillAsync("#passkey", shown.ToString("D6", CultureInfo.InvariantCulture));
        await LookAsync(page, "4-number");
        await page.GetByText("Send the number").ClickAsync();
        await page.GetByText("Go on: a test reading").WaitForAsync();
        await LookAsync(page, "5-paired");
        await page.GetByText("Go on: a test reading").ClickAsync();

        await page.ArriveAsync($"**/devices/{Digits}/test");
        await cuff.Model.MeasureAsync(Values, default);
        await page.GetByText("Upper pressure 137 mmHg").WaitForAsync();
        await LookAsync(page, "6-test");
        await page.GetByText("Go on: whose is the device?").ClickAsync();
        await page.GetByLabel("Begoña").CheckAsync();
        await LookAsync(page, "7-whose");
        await page.GetByText("Go on", new() { Exact = true }).ClickAsync();
        await LookAsync(page, "8-right");
        Assert.Empty((await bench.Devices.FindAsync(Address, default))!.People);
        await page.GetByText("Yes, that is right").ClickAsync();

        await page.ArriveAsync($"**/devices/{Digits}/readings");
        await page.GetByLabel("It is Begoña's").First.CheckAsync();
        await LookAsync(page, "9-decide");
        Assert.Equal(0, bench.Buffer.CountBuffered(Recipient.CareTeam));
        await page.GetByText("Go on", new() { Exact = true }).ClickAsync();
        await LookAsync(page, "10-sure");
        await page.GetByText("Yes, do it").ClickAsync();
        await page.GetByText("Saved").WaitForAsync();
        await LookAsync(page, "11-device");

        RegisteredDevice device = (await bench.Devices.FindAsync(Address, default))!;
        Assert.Equal((SampleReadings.Patient, BondSecurity.SecureConnectionsAuthenticated), (device.Patient, device.Bond!.Value));
        Assert.True(bench.Buffer.CountBuffered(Recipient.CareTeam) > 0);
    }

    private static async Task LookAsync(IPage page, string name)
    {
        Assert.Empty(await PageLook.AxeAsync(page));
        await page.ScreenshotAsync(new() { Path = Path.Combine(PageLook.Pictures(), $"set-up-{name}.png"), FullPage = true });
    }
}
