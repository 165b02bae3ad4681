using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using HomeHub.Web.Tls;

namespace HomeHub.Benchmarks;

/// <summary>A nurse who uses the pages of a hub that nobody has claimed before, over one TLS connection.</summary>
internal sealed class PagesVisitor : IDisposable
{
    private const string Pin = "739104";

    private readonly HttpClient _http;
    private string _token = "";

    private PagesVisitor(HttpClient http) => _http = http;

    /// <summary>Claims the hub by the code on its label.</summary>
    public static async Task<PagesVisitor> ClaimAsync(ScratchFolder folder, int port)
    {
        using ECDsa key = HubKey.Open(folder.File("hub"));
        byte[] fingerprint = HubKey.FingerprintOf(key);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 hub && HubKey.FingerprintOf(hub.GetECDsaPublicKey()!).AsSpan().SequenceEqual(fingerprint);
        var visitor = new PagesVisitor(new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan });
        await visitor.GetAsync("/claim");
        using Process label = Process.Start(new ProcessStartInfo(Programs.Hub, ["label", "--data", folder.File("hub")]) { RedirectStandardOutput = true })!;
        string code = Regex.Match(await label.StandardOutput.ReadToEndAsync(), @"Claim code:\s+(\S+)").Groups[1].Value;
        await visitor.PostAsync("/claim", ("code", code), ("pin", Pin), ("again", Pin));
        return visitor;
    }

    /// <summary>Opens a page.</summary>
    /// <returns>Milliseconds until its last octet was here.</returns>
    /// <exception cref="HttpRequestException">It was not shown.</exception>
    public async Task<double> GetAsync(string path)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        byte[] page = await answer.Content.ReadAsByteArrayAsync();
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        answer.EnsureSuccessStatusCode();
        NoteToken(page);
        return taken;
    }

    /// <summary>Sends a form of the page that was opened last.</summary>
    /// <exception cref="HttpRequestException">It was refused.</exception>
    public async Task PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(path, UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        NoteToken(await answer.Content.ReadAsByteArrayAsync());
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

    private void NoteToken(byte[] page)
    {
        if (Regex.Match(System.Text.Encoding.UTF8.GetString(page), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"") is { Success: true } found)
        {
            _token = found.Groups[1].Value;
        }
    }
}
