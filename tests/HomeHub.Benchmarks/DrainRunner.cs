using HomeHub.Testing;
using System.Diagnostics;
using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>A long backlog from disk to receipt, hub, broker and relay on the same cores.</summary>
internal static class DrainRunner
{
    private const int Readings = 100_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new ScratchFolder();
        string capture = folder.File("mixed.ndjson");
        MixedCapture.Write(capture, Readings);
        await Programs.FillBufferAsync(folder, capture, Readings);
        int port = FreePort.Take();
        await using RunningProgram broker = await Programs.StartBrokerAsync(folder, port);
        await using RunningProgram relay = await Programs.StartRelayAsync(folder, port);
        long start = Stopwatch.GetTimestamp();
        await using RunningProgram hub = Programs.StartHub(folder, port, "--exit-when-drained");
        List<double> resident = [];
        double peak = 0;
        while (!hub.HasExited)
        {
            if (hub.MemoryMiB("VmRSS") is { } now and > 0)
            {
                resident.Add(now);
                peak = Math.Max(peak, hub.MemoryMiB("VmHWM") ?? 0);
            }

            await Task.Delay(Look);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await hub.WaitForSuccessAsync(Programs.Patience);
        HubCounts? counts = await Programs.StatusAsync(folder);
        if (counts is null || counts.Receipted + counts.Local < Readings)
        {
            throw new InvalidOperationException($"Not all was receipted: {counts}");
        }

        // The first quarter holds starting up and warming; what grows with the backlog grows after it.
        double early = resident[resident.Count / 4];
        double late = resident[^1];
        return
        [
            new(
                $"drain: a backlog of {Readings:N0} readings to receipted, start of the hub included",
                "10,000 readings/s",
                string.Create(CultureInfo.InvariantCulture, $"{Readings / seconds:N0} readings/s ({seconds:0.0} s)")),
            new(
                "drain: memory of the hub",
                "does not grow with the backlog",
                string.Create(CultureInfo.InvariantCulture, $"{early:0} MiB resident after a quarter of the time, {late:0} MiB at the end, peak {peak:0} MiB")),
        ];
    }
}
