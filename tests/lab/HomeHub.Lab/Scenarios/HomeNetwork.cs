using System.Net;
using System.Text.RegularExpressions;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The hub comes into a home's wireless network, and is found there.</summary>
internal static partial class HomeNetwork
{
    private const int Port = 8443;

    private const string Pin = "483920", WrongPassphrase = "kontuz-han-2026";

    /// <summary>A nurse joins the home's network on the pages, at the second try; then the hub has its name there, and its pages are opened by that name.</summary>
    public static async Task JoinedAndFoundAsync(Laboratory lab)
    {
        await using var wifi = new HomeWifi(Path.Combine(lab.ArtifactFolder, "wifi"));
        await wifi.StartAsync();
        await lab.StartHubAsync("--pages", $"https://0.0.0.0:{Port}");
        string label = await lab.CommandAsync("label", "--data", lab.HubFolder);
        var pages = new Uri(Address().Match(label).Groups[1].Value);
        Assert.Null(await wifi.FindAsync(pages.Host));

        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(Port, label, Pin);
        Match network = Match.Empty;
        await Laboratory.HoldsAsync(async () => (network = Choice().Match((await nurse.GetAsync("/setup/network")).Page)).Success, $"the page shows the network {HomeWifi.Name}");
        PageAnswer refused = await nurse.PostAsync("/setup/network/join", ("network", network.Groups[1].Value), ("passphrase", WrongPassphrase));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("The network did not accept the passphrase.", refused.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongPassphrase, refused.Page + lab.HubLog, StringComparison.Ordinal);

        PageAnswer joined = await nurse.PostAsync("/setup/network/join", ("network", network.Groups[1].Value), ("passphrase", HomeWifi.Passphrase));
        Assert.True(joined.Status == HttpStatusCode.OK, joined.Page);
        string? address = null;
        await Laboratory.HoldsAsync(async () => (address = await wifi.FindAsync(pages.Host)) is not null, $"another machine finds {pages.Host}");
        Assert.StartsWith(HomeWifi.Network, address, StringComparison.Ordinal);
        Assert.NotEqual(HomeWifi.Router, address);
        Assert.Contains($";{pages.Host};{address};{pages.Port};", await wifi.FindPagesAsync(), StringComparison.Ordinal);
        (int status, string page) = await wifi.OpenAsync(new Uri(pages, "/sign-in/0"), address!);
        Assert.Equal(200, status);
        Assert.Contains("__RequestVerificationToken", page, StringComparison.Ordinal);
        Assert.Equal(400, (await wifi.OpenAsync(new Uri($"https://elsewhere.example:{pages.Port}/sign-in/0"), address!)).Status);
    }

    [GeneratedRegex(@"Address: +(\S+)")]
    private static partial Regex Address();

    /// <summary>The line in which the network is chosen.</summary>
    [GeneratedRegex("value=\"([^\"]+)\"[^>]*>\\s*<span><strong>" + HomeWifi.Name + "<")]
    private static partial Regex Choice();
}
