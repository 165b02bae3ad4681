using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using HomeHub.Web.Tls;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>A browser without script, of one person or nurse, at the pages of a hub that runs as a program. It knows the hub by the fingerprint on the label.</summary>
public sealed partial class HubPages : IDisposable
{
    private readonly HttpClient _http;
    private readonly int _port;
    private string _token = "";

    private HubPages(int port, string fingerprint)
    {
        _port = port;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            Convert.ToHexString(HubKey.FingerprintOf(((X509Certificate2)certificate!).GetECDsaPublicKey()!)) == fingerprint;
        _http = new HttpClient(handler);
    }

    /// <summary>Opens one, with what the label says.</summary>
    /// <param name="lab">Where the hub runs.</param>
    /// <param name="port">Port of its pages.</param>
    public static async Task<HubPages> OpenAsync(Laboratory lab, int port) => new(port, Fingerprint().Match(await LabelAsync(lab)).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The code by which a new hub is claimed.</summary>
    public static async Task<string> ReadCodeAsync(Laboratory lab) => Code().Match(await LabelAsync(lab)).Value;

    /// <summary>A page's text, decoded; it must be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(At(path));
        string page = await KeepAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return page;
    }

    /// <summary>Where a page leads on to.</summary>
    public async Task<string> FollowAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(At(path));
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{path}: {answer.StatusCode}");
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Opens a page, and sends a form of it that is shown back.</summary>
    public async Task<string> CheckAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        await ReadAsync(page);
        using HttpResponseMessage answer = await PostAsync(action, fields);
        string shown = await KeepAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{action}: {answer.StatusCode}");
        return shown;
    }

    /// <summary>Sends a form of the page that was seen last.</summary>
    /// <returns>Where it leads on to.</returns>
    public async Task<string> SendAsync(string action, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await PostAsync(action, fields);
        await KeepAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{action}: {answer.StatusCode}");
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Makes the hub a nurse's.</summary>
    public async Task ClaimAsync(string code, string pin)
    {
        await ReadAsync("/claim");
        await SendAsync("/claim", ("code", code), ("pin", pin), ("again", pin));
    }

    /// <summary>Signs in.</summary>
    public async Task SignInAsync(int account, string pin)
    {
        await ReadAsync($"/sign-in/{account}");
        await SendAsync($"/sign-in/{account}", ("pin", pin));
    }

    public void Dispose() => _http.Dispose();

    private Uri At(string path) => new($"https://127.0.0.1:{_port}{path}");

    private Task<HttpResponseMessage> PostAsync(string action, (string Name, string Value)[] fields) => _http.PostAsync(
        At(action), new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", _token)]));

    private async Task<string> KeepAsync(HttpResponseMessage answer)
    {
        string html = await answer.Content.ReadAsStringAsync();
        if (Token().Match(html) is { Success: true } found)
        {
            _token = WebUtility.HtmlDecode(found.Groups[1].Value);
        }

        return WebUtility.HtmlDecode(html);
    }

    private static async Task<string> LabelAsync(Laboratory lab)
    {
        (int exit, string label, string error) = await lab.CommandAsync("label", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        return label;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex(@"Fingerprint: ([0-9A-F ]+)\n")]
    private static partial Regex Fingerprint();

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
