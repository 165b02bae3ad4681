using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.Benchmarks;

/// <summary>How long the hub takes for a page, and how much memory it holds with pages on, after a nurse's visit or after an hour of use.</summary>
internal static class PagesRunner
{
    private const int Rounds = 100, SecondsBetweenPages = 10;
    private const string Pin = "739104";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(8), AfterStart = TimeSpan.FromSeconds(3), Hour = TimeSpan.FromHours(1);

    /// <summary>No faster than one address may ask: 10 a second.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(110);

    /// <summary>What is asked for in turn: the nurse's status, and what is shown of a person's 90 days.</summary>
    private static readonly string[] Paths = ["/status", "/people/1", "/people/1/trends?days=90", "/people/1/data", "/people/1/consent", "/readings"];

    /// <summary>What is asked for in an hour of use: the same, and the steps of the guide.</summary>
    private static readonly string[] Everything = [.. Paths, "/setup", "/setup/network", "/setup/connection", "/setup/people", "/setup/devices", "/setup/clocks", "/setup/consent", "/setup/summary", "/devices", "/acts", "/people"];

    /// <summary>Times of pages, and the memory after them.</summary>
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new ScratchFolder();
        int readings = await FillAsync(folder);
        (RunningProgram broker, RunningProgram hub, int port) = await StartAsync(folder);
        await using (broker)
        await using (hub)
        {
            await Task.Delay(AfterStart);
            double first = await FirstAsync(port);
            using PagesVisitor nurse = await PagesVisitor.ClaimAsync(port, await LabelAsync(folder), Pin);
            await nurse.RequireAsync("/people");
            List<double> all = [];
            for (int i = 0; i < Rounds; i++)
            {
                await Task.Delay(Between);
                all.Add((await nurse.RequireAsync(Paths[i % Paths.Length])).Taken.TotalMilliseconds);
            }

            await Task.Delay(Rest);
            all.Sort();
            return
            [
                new($"a page from the hub's side with 90 days in the buffer, {readings:N0} readings of four devices (status, a person's day, trends, data, consent; {Rounds} requests over loopback)", "300 ms", string.Create(CultureInfo.InvariantCulture, $"median {all[Rounds / 2]:0.0} ms, longest {all[^1]:0.0} ms; the first page {AfterStart.TotalSeconds:0} s after the start, with a TLS connection of its own, {first:0} ms")),
                new(
                    $"`homehub run --pages`, after {Rounds} pages",
                    "80 MiB resident",
                    string.Create(CultureInfo.InvariantCulture, $"{hub.MemoryMiB("VmRSS"):0.0} MiB resident (peak {hub.MemoryMiB("VmHWM"):0.0} MiB)")),
            ];
        }
    }

    /// <summary>An hour in real time: a page every ten seconds, the status page open on a second device all the while, and a household of simulated devices that measures.</summary>
    public static async Task<IReadOnlyList<Figure>> RunHourAsync()
    {
        using var folder = new ScratchFolder();
        int readings = await FillAsync(folder);
        (RunningProgram broker, RunningProgram hub, int port) = await StartAsync(folder, "--simulate", "demo");
        await using (broker)
        await using (hub)
        {
            using PagesVisitor nurse = await PagesVisitor.ClaimAsync(port, await LabelAsync(folder), Pin);
            await nurse.RequireAsync("/people");
            using var end = new CancellationTokenSource();
            Task<long> watching = WatchAsync(nurse, end.Token);
            List<double> resident = [], taken = [];
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; Stopwatch.GetElapsedTime(start) < Hour; i++)
            {
                taken.Add((await nurse.RequireAsync(Everything[i % Everything.Length])).Taken.TotalMilliseconds);
                for (int second = 0; second < SecondsBetweenPages; second++)
                {
                    resident.Add(hub.MemoryMiB("VmRSS") ?? throw new InvalidOperationException($"The hub ended:\n{hub.Said()}"));
                    await Task.Delay(TimeSpan.FromSeconds(1));
                }
            }

            await Task.Delay(Rest);
            double atEnd = hub.MemoryMiB("VmRSS")!.Value;
            await end.CancelAsync();
            long octets = await watching;
            resident.Sort();
            taken.Sort();
            return
            [
                new(
                    $"`homehub run --pages`, an hour's use with {readings:N0} readings in the buffer ({taken.Count} pages, a live page open that was sent {octets / 1024:N0} KiB, simulated devices beside)",
                    "80 MiB resident",
                    string.Create(CultureInfo.InvariantCulture, $"{atEnd:0.0} MiB resident after it; during it, each second, median {resident[resident.Count / 2]:0.0}, most {resident[^1]:0.0} MiB (peak {hub.MemoryMiB("VmHWM"):0.0} MiB); pages median {taken[taken.Count / 2]:0.0} ms, longest {taken[^1]:0.0} ms")),
            ];
        }
    }

    private static async Task<int> FillAsync(ScratchFolder folder)
    {
        await using SqliteReadingBuffer buffer = await AppendRunner.OpenAsync(folder.File("hub"));
        return await NinetyDays.FillAsync(buffer);
    }

    private static async Task<string> LabelAsync(ScratchFolder folder)
    {
        using Process label = Process.Start(new ProcessStartInfo(Programs.Hub, ["label", "--data", folder.File("hub")]) { RedirectStandardOutput = true })!;
        return await label.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Opened again where the hub has ended it.</summary>
    private static async Task<long> WatchAsync(PagesVisitor nurse, CancellationToken end)
    {
        long octets = 0;
        while (!end.IsCancellationRequested)
        {
            octets += await nurse.WatchAsync("/status/live", end);
        }

        return octets;
    }

    private static async Task<(RunningProgram Broker, RunningProgram Hub, int Port)> StartAsync(ScratchFolder folder, params string[] more)
    {
        int brokerPort = FreePort.Take(), port = FreePort.Take();
        string configuration = folder.File("homehub.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new { pages = new { redirectFrom = 0 } }));
        RunningProgram broker = await Programs.StartBrokerAsync(folder, brokerPort);
        RunningProgram hub = Programs.StartHub(folder, brokerPort, ["--config", configuration, "--pages", $"https://127.0.0.1:{port}", .. more]);
        try
        {
            await Programs.UntilStatusAsync(folder, hub, _ => hub.Said().Contains("Pages at", StringComparison.Ordinal), "the pages to be served");
        }
        catch
        {
            await hub.DisposeAsync();
            await broker.DisposeAsync();
            throw;
        }

        return (broker, hub, port);
    }

    /// <summary>The first page of all, asked for by curl, which need not be compiled itself.</summary>
    private static async Task<double> FirstAsync(int port)
    {
        using Process curl = Process.Start(new ProcessStartInfo("curl", ["-skf", "-o", "/dev/null", "-w", "%{time_total}", $"https://127.0.0.1:{port}/claim"]) { RedirectStandardOutput = true })!;
        string seconds = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        if (curl.ExitCode != 0)
        {
            throw new InvalidOperationException($"The first page was not shown: curl ended with {curl.ExitCode}.");
        }

        return double.Parse(seconds, CultureInfo.InvariantCulture) * 1000;
    }
}
