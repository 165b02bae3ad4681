using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Xunit;

namespace HomeHub.Testing.Programs;

/// <summary>Somebody who uses a running hub's pages without script: knows the hub by the fingerprint on its label, keeps cookies, sends forms with the token of the page that was seen last.</summary>
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
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 hub && hub.GetECDsaPublicKey() is { } key && Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) == fingerprint;
        _http = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}"), Timeout = Executable.Patience };
    }

    /// <summary>Claims a hub that nobody has claimed yet, by the code on its label, and is the nurse from then on.</summary>
    public static async Task<PagesVisitor> ClaimAsync(int port, string label, string pin)
    {
        var visitor = new PagesVisitor(port, label);
        await visitor.GetAsync("/claim");
        PageAnswer answer = await visitor.PostAsync("/claim", ("code", ClaimCode().Match(label).Groups[1].Value), ("pin", pin), ("again", pin));
        Assert.True(answer is { Status: HttpStatusCode.OK, Path: "/setup" }, $"The hub could not be claimed: {answer.Status}, {answer.Path}");
        return visitor;
    }

    /// <summary>Opens a page.</summary>
    public async Task<PageAnswer> GetAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        return await TakeAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)), start);
    }

    /// <summary>Opens a page that must be there.</summary>
    public async Task<PageAnswer> RequireAsync(string path)
    {
        PageAnswer answer = await GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Status}");
        return answer;
    }

    /// <summary>Sends a form of the page that was opened last.</summary>
    public async Task<PageAnswer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        long start = Stopwatch.GetTimestamp();
        return await TakeAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), form), start);
    }

    /// <summary>Keeps a live part open until cancelled.</summary>
    /// <returns>Octets that it sent.</returns>
    public async Task<long> WatchAsync(string path, CancellationToken cancellation)
    {
        long octets = 0;
        try
        {
            using Stream live = await _http.GetStreamAsync(new Uri(path, UriKind.Relative), cancellation);
            byte[] part = new byte[16 * 1024];
            while (await live.ReadAsync(part, cancellation) is > 0 and int read)
            {
                octets += read;
            }
        }
        catch (OperationCanceledException)
        {
            // Long enough.
        }

        return octets;
    }

    public void Dispose() => _http.Dispose();

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

            return new PageAnswer(answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath, page, taken);
        }
    }

    [GeneratedRegex(@"Fingerprint: ([0-9A-F ]+)")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"Claim code: +(\S+)")]
    private static partial Regex ClaimCode();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
