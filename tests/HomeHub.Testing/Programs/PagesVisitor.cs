using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Xunit;

namespace HomeHub.Testing.Programs;

/// <summary>
/// A browser without script, of one person or nurse, at the pages of a hub that runs as a program: knows the hub by the fingerprint on its label, keeps cookies, sends forms with the token of the
/// page that was seen last, and follows no redirect by itself.
/// </summary>
public sealed partial class PagesVisitor : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    /// <summary>Opens nothing yet.</summary>
    /// <param name="port">Port of the pages, on this machine.</param>
    /// <param name="label">What <c>homehub label</c> prints.</param>
    public PagesVisitor(int port, string label)
    {
        string fingerprint = Fingerprint().Match(label).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(SHA256.HashSizeInBytes * 2, fingerprint.Length);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 hub && hub.GetECDsaPublicKey() is { } key && Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) == fingerprint;
        _http = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}"), Timeout = Executable.Patience };
    }

    /// <summary>Makes a hub that nobody has claimed yet a nurse's, by the code on its label; the visitor is that nurse.</summary>
    public static async Task<PagesVisitor> ClaimAsync(int port, string label, string pin)
    {
        var visitor = new PagesVisitor(port, label);
        await visitor.ReadAsync("/claim");
        await visitor.SendAsync("/claim", ("code", ClaimCode().Match(label).Groups[1].Value), ("pin", pin), ("again", pin));
        return visitor;
    }

    /// <summary>Signs in.</summary>
    public async Task SignInAsync(int account, string pin)
    {
        await ReadAsync($"/sign-in/{account}");
        await SendAsync($"/sign-in/{account}", ("pin", pin));
    }

    /// <summary>Opens a page.</summary>
    public async Task<PageAnswer> GetAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        return await TakeAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)), start);
    }

    /// <summary>Sends a form of the page that was seen last.</summary>
    public async Task<PageAnswer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        long start = Stopwatch.GetTimestamp();
        return await TakeAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), form), start);
    }

    /// <summary>Opens a page that must be there.</summary>
    public async Task<PageAnswer> RequireAsync(string path)
    {
        PageAnswer answer = await GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Status}");
        return answer;
    }

    /// <summary>The text of a page that must be there.</summary>
    public async Task<string> ReadAsync(string path) => (await RequireAsync(path)).Page;

    /// <summary>Where a page leads on to, which it must.</summary>
    public async Task<string> FollowAsync(string path) => LeadsTo(path, await GetAsync(path));

    /// <summary>Opens a page, and sends a form of it that is answered by a page.</summary>
    public async Task<string> CheckAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        await ReadAsync(page);
        PageAnswer shown = await PostAsync(action, fields);
        Assert.True(shown.Status == HttpStatusCode.OK, $"{action}: {shown.Status}");
        return shown.Page;
    }

    /// <summary>Sends a form of the page that was seen last, which must be taken.</summary>
    /// <returns>Where it leads on to.</returns>
    public async Task<string> SendAsync(string action, params (string Name, string Value)[] fields) => LeadsTo(action, await PostAsync(action, fields));

    /// <summary>Keeps a live part open until cancelled, or until the hub ends it.</summary>
    /// <returns>Octets that it sent.</returns>
    public async Task<long> WatchAsync(string path, CancellationToken cancellation)
    {
        long octets = 0;
        try
        {
            using Stream live = await OpenLiveAsync(path, cancellation);
            byte[] part = new byte[16 * 1024];
            while (await live.ReadAsync(part, cancellation) is > 0 and int read)
            {
                octets += read;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Long enough.
        }

        return octets;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Tried again, as a browser does, where the hub has not noticed yet that the ones before were closed.</summary>
    private async Task<Stream> OpenLiveAsync(string path, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await _http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellation);
            }
            catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.TooManyRequests && Stopwatch.GetElapsedTime(start) < Executable.Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
            }
        }
    }

    private static string LeadsTo(string path, PageAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{path}: {answer.Status}");
        return answer.LeadsTo!;
    }

    private async Task<PageAnswer> TakeAsync(HttpResponseMessage answer, long start)
    {
        using (answer)
        {
            string page = await answer.Content.ReadAsStringAsync();
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            if (Token().Match(page) is { Success: true } found)
            {
                _token = WebUtility.HtmlDecode(found.Groups[1].Value);
            }

            return new PageAnswer(answer.StatusCode, answer.Headers.Location?.ToString(), WebUtility.HtmlDecode(page), taken);
        }
    }

    [GeneratedRegex(@"Fingerprint: ([0-9A-F ]+)")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"Claim code: +(\S+)")]
    private static partial Regex ClaimCode();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
