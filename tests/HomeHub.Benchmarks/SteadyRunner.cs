using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.Benchmarks;

/// <summary>
/// What a hub that is left alone has written to its disk for each reading: one blood pressure a minute in real time, pages on, broker and relay there, each reading
/// receipted. All that the hub writes in these minutes counts, whatever it is for.
/// </summary>
internal static class SteadyRunner
{
    private const int WarmReadings = 3, Readings = 20, ReadingsOfShort = 4;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Some time after a reading, when it is receipted and nothing of it is under way.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);

    /// <summary>Twenty readings: 23 minutes.</summary>
    public static Task<IReadOnlyList<Figure>> RunAsync() => RunAsync(Readings);

    /// <summary>Four readings: 7 minutes.</summary>
    public static Task<IReadOnlyList<Figure>> RunShortAsync() => RunAsync(ReadingsOfShort);

    private static async Task<IReadOnlyList<Figure>> RunAsync(int readings)
    {
        using var folder = new ScratchFolder();
        int brokerPort = FreePort.Take(), port = FreePort.Take();
        string configuration = folder.File("homehub.json"), household = folder.File("household.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new { pages = new { redirectFrom = 0 } }));
        await File.WriteAllTextAsync(household, Household(WarmReadings + readings + 2));
        await using MemoryIndex index = await MemoryIndex.MountAsync(folder.File("hub"));
        await using RunningProgram broker = await Programs.StartBrokerAsync(folder, brokerPort);
        await using RunningProgram relay = await Programs.StartRelayAsync(folder, brokerPort);
        await using RunningProgram hub = Programs.StartHub(folder, brokerPort, "--config", configuration, "--pages", $"https://127.0.0.1:{port}", "--simulate", household);
        await Programs.UntilStatusAsync(folder, hub, status => status.Receipted >= WarmReadings, "the first readings to be receipted");
        await Task.Delay(Between);

        // Only looked at by /proc until the end: a command beside the hub would have it write.
        ProcessUse before = ProcessUse.Read(hub.Id);
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(readings * Minute);
        ProcessUse after = ProcessUse.Read(hub.Id);
        HubCounts counts = await Programs.StatusAsync(folder) ?? throw new InvalidOperationException($"The hub does not tell how it is:\n{hub.Said()}");
        if (counts.Receipted != WarmReadings + readings)
        {
            throw new InvalidOperationException($"{counts.Receipted} readings are receipted and not {WarmReadings + readings}:\n{hub.Said()}");
        }

        return
        [
            new(
                string.Create(CultureInfo.InvariantCulture, $"written to disk for a reading, one a minute in real time, pages on, {index.Text}, all that the hub writes counted (`write_bytes` of /proc/PID/io, {readings} readings in {Stopwatch.GetElapsedTime(start).TotalMinutes:0.0} min)"),
                "24 KiB a reading",
                string.Create(CultureInfo.InvariantCulture, $"{(after.WrittenBytes - before.WrittenBytes) / 1024.0 / readings:0.0} KiB a reading")),
            new(
                "threads, open files and sockets of that hub, before and after",
                "no more after than before",
                string.Create(CultureInfo.InvariantCulture, $"{before.Threads}, {before.Files}, {before.Sockets} before; {after.Threads}, {after.Files}, {after.Sockets} after")),
        ];
    }

    private static string Household(int connections) => JsonSerializer.Serialize(new
    {
        seed = 7,
        startsAt = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss+00:00", CultureInfo.InvariantCulture),
        speed = 1,
        devices = new[]
        {
            new
            {
                kind = "blood-pressure", patient = "Patient/p1", address = "C0:FF:EE:00:00:01", addressType = "random", systemId = "010000FEFFEEFFC0", manufacturer = "Example", model = "BP-1",
                connections, readingsPerConnection = 1, firstAfterMinutes = 0, everyMinutes = 1,
            },
        },
    });
}
