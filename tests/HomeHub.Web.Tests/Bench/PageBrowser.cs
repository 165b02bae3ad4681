using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using HomeHub.Web.Look;
using HomeHub.Web.Tls;

namespace HomeHub.Web.Tests.Bench;

/// <summary>A browser without script: knows the hub by the fingerprint of its key, keeps cookies, sends forms with the token of the page that it saw last, follows no redirect by itself.</summary>
internal sealed partial class PageBrowser : IDisposable
{
    private readonly PagesBench _bench;
    private readonly HttpClient _http;
    private string _token = "";

    public PageBrowser(PagesBench bench)
    {
        _bench = bench;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseCookies = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 hub && hub.GetECDsaPublicKey() is { } key && bench.Server.Fingerprint.SequenceEqual(HubKey.FingerprintOf(key));
        _http = new HttpClient(handler);
    }

    public CookieContainer Cookies { get; } = new();

    public string? Language { get; set; }

    /// <summary>What every request says beside.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    private Uri Root => new($"https://localhost:{_bench.Server.Port.ToString(CultureInfo.InvariantCulture)}/");

    public async Task<HttpResponseMessage> SendAsync(string method, string path, Dictionary<string, string>? form = null, string? host = null, bool head = false, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Root, path));
        request.Content = form is null ? null : new FormUrlEncodedContent(form);
        request.Headers.Host = host;
        if (Language is { } language)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        foreach ((string name, string value) in Headers)
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request, head ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancellation);
    }

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        HttpResponseMessage answer = await SendAsync("GET", path);
        NoteToken(await answer.Content.ReadAsStringAsync());
        return answer;
    }

    /// <summary>A page's text, decoded; it must be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        HttpResponseMessage answer = await GetAsync(path);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return WebUtility.HtmlDecode(html);
    }

    /// <summary>Sends a form with the last token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        HttpResponseMessage answer = await SendAsync("POST", path, FormOf(fields));
        NoteToken(await answer.Content.ReadAsStringAsync());
        return answer;
    }

    /// <summary>Sends a form with the last token, and goes away when it is told so, without waiting for the answer.</summary>
    public async Task PostAndGoAsync(string path, CancellationToken going, params (string Name, string Value)[] fields) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync("POST", path, FormOf(fields), cancellation: going));

    /// <summary>Sends a form with a file, the file last.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string path, (string Name, string Value)[] fields, string name, byte[] file, bool withToken = true)
    {
        using var form = new MultipartFormDataContent();
        foreach ((string field, string value) in withToken ? [("__RequestVerificationToken", _token), .. fields] : fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(file), name, "file.bin");
        HttpResponseMessage answer = await _http.PostAsync(new Uri(Root, path), form);
        NoteToken(await answer.Content.ReadAsStringAsync());
        return answer;
    }

    public async Task<HttpResponseMessage> SignInAsync(int account, string pin)
    {
        await GetAsync($"/sign-in/{account.ToString(CultureInfo.InvariantCulture)}");
        return await PostAsync($"/sign-in/{account.ToString(CultureInfo.InvariantCulture)}", ("pin", pin));
    }

    public async Task<HttpResponseMessage> ClaimAsync(string code, string pin)
    {
        await GetAsync("/claim");
        return await PostAsync("/claim", ("code", code), (NewPinFields.PinName, pin), (NewPinFields.AgainName, pin));
    }

    public void Dispose() => _http.Dispose();

    private Dictionary<string, string> FormOf((string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = fields.ToDictionary(field => field.Name, field => field.Value);
        form["__RequestVerificationToken"] = _token;
        return form;
    }

    private void NoteToken(string html)
    {
        if (Token().Match(html) is { Success: true } found)
        {
            _token = WebUtility.HtmlDecode(found.Groups[1].Value);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
