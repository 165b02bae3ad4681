using System.Text.RegularExpressions;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The hub comes into a home's wireless network, and is found there.</summary>
internal static partial class HomeNetwork
{
    private const int Port = 8443;

    private const string Pin = "483920", WrongPassphrase = "kontuz-han-2026";

    /// <summary>
    /// At the first visit nothing else reaches the hub: it opens a network of its own, by whose key on the label a phone joins it. A nurse has it join the home's network on the pages, at the
    /// second try; then the hub has its name there, and its pages are opened by that name.
    /// </summary>
    public static async Task JoinedAndFoundAsync(Laboratory lab)
    {
        await Machine.LoadAsync("evdev", "uinput");
        using var panel = new InputPanel();
        await using var wifi = new HomeWifi(Path.Combine(lab.ArtifactFolder, "wifi"));
        await wifi.StartAsync();
        await lab.StartHubAsync("--pages", $"https://0.0.0.0:{Port}");
        string label = "";
        await Laboratory.HoldsAsync(async () => Own().IsMatch(label = await lab.CommandAsync("label", "--data", lab.HubFolder)), "the label names the hub's own network");
        var pages = new Uri(Address().Match(label).Groups[1].Value);
        Match own = Own().Match(label);
        var ownPages = new Uri(own.Groups[3].Value);
        await wifi.JoinWithPhoneAsync(own.Groups[1].Value, own.Groups[2].Value);
        await Laboratory.HoldsAsync(PhoneHasPagesAsync, "a phone on the hub's own network has the pages");
        await Laboratory.HoldsAsync(async () => await wifi.FindAsync(pages.Host) == ownPages.Host, "the phone finds the hub by its name there");

        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(Port, label, Pin);
        Match network = Match.Empty;
        await Laboratory.HoldsAsync(async () => (network = Choice().Match((await nurse.GetAsync("/setup/network")).Page)).Success, $"the page shows the network {HomeWifi.Name}");
        await JoinAsync(WrongPassphrase);
        await Laboratory.HoldsAsync(
            async () => (await nurse.GetAsync("/setup/network")).Page.Contains("The network did not accept the passphrase.", StringComparison.Ordinal), "the page says why the network was not joined");
        await Laboratory.HoldsAsync(PhoneHasPagesAsync, "the hub's own network is there again");

        await JoinAsync(HomeWifi.Passphrase);
        await Laboratory.HoldsAsync(async () => (await lab.StatusAsync()).GetProperty("ownNetwork").GetString() == "closed", "the hub's own network has ended");
        Assert.False(await PhoneHasPagesAsync());
        await HomeWifi.LeaveWithPhoneAsync();
        string? address = null;
        await Laboratory.HoldsAsync(async () => (address = await wifi.FindAsync(pages.Host))?.StartsWith(HomeWifi.Network, StringComparison.Ordinal) == true, $"another machine in the home finds {pages.Host}");
        Assert.NotEqual(HomeWifi.Router, address);
        Assert.Contains($";{pages.Host};{address};{pages.Port};", await wifi.FindPagesAsync(), StringComparison.Ordinal);
        (int status, string page) = await wifi.OpenAsync(new Uri(pages, "/sign-in/0"), address!);
        Assert.Equal(200, status);
        Assert.Contains("__RequestVerificationToken", page, StringComparison.Ordinal);
        Assert.Equal(400, (await wifi.OpenAsync(new Uri($"https://elsewhere.example:{pages.Port}/sign-in/0"), address!)).Status);
        await IsForgottenAsync(lab, panel);
        await HomeWifi.ReturnWithPhoneAsync();
        await Laboratory.HoldsAsync(PhoneHasPagesAsync, "a phone on the hub's own network has the pages once more");
        Assert.DoesNotContain(WrongPassphrase, lab.HubLog, StringComparison.Ordinal);
        Assert.DoesNotContain(own.Groups[2].Value, lab.HubLog, StringComparison.Ordinal);

        async Task<bool> PhoneHasPagesAsync() => (await wifi.OpenAsync(new Uri(ownPages, "/claim"), ownPages.Host)).Status is 200 or 303;

        async Task JoinAsync(string passphrase)
        {
            Assert.Equal("/setup/network/joining", await nurse.SendAsync("/setup/network/join", ("network", network.Groups[1].Value), ("passphrase", passphrase)));
            Assert.DoesNotContain(passphrase, (await nurse.GetAsync("/setup/network/joining")).Page, StringComparison.Ordinal);
        }
    }

    /// <summary>Ten seconds of the button, and once more shortly: NetworkManager has no network of the home any more, and the hub's own is there again.</summary>
    private static async Task IsForgottenAsync(Laboratory lab, InputPanel panel)
    {
        Assert.Contains(HomeWifi.Name, await Machine.DoAsync("nmcli -t -f NAME connection show"), StringComparison.Ordinal);
        await Press.ResetAsync(panel.Press);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await Press.ShortAsync(panel.Press);
        await Laboratory.HoldsAsync(async () => (await lab.StatusAsync()).GetProperty("ownNetwork").GetString() == "open", "the hub's own network is open again");
        Assert.DoesNotContain(HomeWifi.Name, await Machine.DoAsync("nmcli -t -f NAME connection show"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Own network: (\S+), key (\S+), pages at (\S+)")]
    private static partial Regex Own();

    [GeneratedRegex(@"Address: +(\S+)")]
    private static partial Regex Address();

    /// <summary>The line in which the network is chosen.</summary>
    [GeneratedRegex("value=\"([^\"]+)\"[^>]*>\\s*<span><strong>" + HomeWifi.Name + "<")]
    private static partial Regex Choice();
}
