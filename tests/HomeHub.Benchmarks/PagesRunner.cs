using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Time;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Web.Tls;

namespace HomeHub.Benchmarks;

/// <summary>How long the hub takes for a page, the TLS connection being there, and how much memory it holds with pages on, after a nurse's visit.</summary>
internal static class PagesRunner
{
    private const int Rounds = 100;
    private const string Pin = "739104";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(8);

    /// <summary>What is asked for in turn: the nurse's status, and what is shown of a person's 90 days.</summary>
    private static readonly string[] Paths = ["/status", "/people/1", "/people/1/trends?days=90", "/people/1/data", "/people/1/consent", "/readings"];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new ScratchFolder();
        int brokerPort = Programs.FreePort(), port = Programs.FreePort();
        string configuration = folder.File("homehub.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new { pages = new { redirectFrom = 0 } }));
        int readings = await FillAsync(folder.File("hub"));
        await using RunningProgram broker = await Programs.StartBrokerAsync(folder, brokerPort);
        await using RunningProgram hub = Programs.StartHub(folder, brokerPort, "--config", configuration, "--pages", $"https://127.0.0.1:{port}");
        await Programs.UntilStatusAsync(folder, hub, _ => hub.Said().Contains("Pages at", StringComparison.Ordinal), "the pages to be served");
        double first = await ClaimAsync(folder, port, out HttpClient http);
        using (http)
        {
            await GetAsync(http, "/people");
            List<double> all = [];
            for (int i = 0; i < Rounds; i++)
            {
                // No faster than one address may ask: 10 a second.
                await Task.Delay(TimeSpan.FromMilliseconds(110));
                all.Add(await GetAsync(http, Paths[i % Paths.Length]));
            }

            await Task.Delay(Rest);
            all.Sort();
            return
            [
                new($"a page from the hub's side with 90 days in the buffer, {readings:N0} readings of four devices (status, a person's day, trends, data, consent; {Rounds} requests over loopback)", "300 ms", string.Create(CultureInfo.InvariantCulture, $"median {all[Rounds / 2]:0.0} ms, longest {all[^1]:0.0} ms; the first page after the start {first:0} ms")),
                new(
                    $"`homehub run --pages`, after {Rounds} pages",
                    "80 MiB resident",
                    string.Create(CultureInfo.InvariantCulture, $"{hub.MemoryMiB("VmRSS"):0.0} MiB resident (peak {hub.MemoryMiB("VmHWM"):0.0} MiB)")),
            ];
        }
    }

    /// <summary>Twice a day blood pressure, four times glucose, once weight, and a strap that is worn for eight hours a day, a reading a minute.</summary>
    private static async Task<int> FillAsync(string folder)
    {
        await using SqliteReadingBuffer buffer = await AppendRunner.OpenAsync(folder);
        int number = 0, stored = 0;
        for (DateTimeOffset day = TimeProvider.System.GetUtcNow().Date.AddDays(-90); day < TimeProvider.System.GetUtcNow().AddDays(-1); day = day.AddDays(1))
        {
            List<AcquiredReading> readings = [];
            for (int hour = 6; hour < 22; hour += 4)
            {
                DateTimeOffset at = day.AddHours(hour);
                readings.Add(SampleReadings.Record(0x2A18, [0x02, (byte)number, (byte)(number >> 8), 0xEA, 0x07, (byte)at.Month, (byte)at.Day, (byte)at.Hour, 0, 0, 110, 0xB0, 0x11], at, device: SampleReadings.Device(2)));
                if (hour is 6 or 18)
                {
                    readings.Add(SampleReadings.Record(0x2A35, [0, (byte)(120 + (number % 20)), 0, 80, 0, 0xFF, 0x07], at, device: SampleReadings.Device(1)));
                }

                number++;
            }

            readings.Add(SampleReadings.Record(0x2A9D, [0, 0xE0, 0x38], day.AddHours(7), device: SampleReadings.Device(3)));
            readings.AddRange(Enumerable.Range(0, 480).Select(minute => SampleReadings.Record(0x2A37, [0, (byte)(60 + (minute % 30))], day.AddHours(9).AddMinutes(minute), device: SampleReadings.Device(4))));
            AppendOutcome[] outcomes = await buffer.AppendAsync(
                [.. readings.Select(reading => (reading with { Effective = new EffectiveTime(reading.ReceivedAt, StampUse.None) }).ToKeep())], CancellationToken.None);
            stored += outcomes.Count(outcome => outcome == AppendOutcome.Stored);
        }

        return stored;
    }

    private static Task<double> ClaimAsync(ScratchFolder folder, int port, out HttpClient http)
    {
        using ECDsa key = HubKey.Open(folder.File("hub"));
        byte[] fingerprint = HubKey.FingerprintOf(key);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is X509Certificate2 hub && HubKey.FingerprintOf(hub.GetECDsaPublicKey()!).AsSpan().SequenceEqual(fingerprint);
        http = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
        return ClaimAsync(folder, http);
    }

    private static async Task<double> ClaimAsync(ScratchFolder folder, HttpClient http)
    {
        long start = Stopwatch.GetTimestamp();
        string page = await http.GetStringAsync(new Uri("/claim", UriKind.Relative));
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        string token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using Process label = Process.Start(new ProcessStartInfo(Programs.Hub, ["label", "--data", folder.File("hub")]) { RedirectStandardOutput = true })!;
        string code = Regex.Match(await label.StandardOutput.ReadToEndAsync(), @"Claim code:\s+(\S+)").Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["code"] = code, ["pin"] = Pin, ["again"] = Pin });
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/claim", UriKind.Relative), form);
        if (answer.RequestMessage!.RequestUri!.AbsolutePath != "/setup")
        {
            throw new InvalidOperationException($"The hub could not be claimed: {answer.StatusCode}");
        }

        return first;
    }

    private static async Task<double> GetAsync(HttpClient http, string path)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
