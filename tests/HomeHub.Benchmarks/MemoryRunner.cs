using HomeHub.Testing;
using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>How much memory a hub holds that has done its work.</summary>
internal static class MemoryRunner
{
    private const int Readings = 10_000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new ScratchFolder();
        string capture = folder.File("mixed.ndjson");
        MixedCapture.Write(capture, Readings);
        int port = FreePort.Take();
        await using RunningProgram broker = await Programs.StartBrokerAsync(folder, port);
        await using RunningProgram relay = await Programs.StartRelayAsync(folder, port);
        await using RunningProgram hub = Programs.StartHub(folder, port, "--replay", capture);
        await Programs.UntilStatusAsync(folder, hub, status => status.Receipted + status.Local >= Readings, $"{Readings} readings to be receipted");
        await Task.Delay(Rest);
        return
        [
            new(
                $"`homehub run` headless, after {Readings:N0} readings",
                "56 MiB resident",
                string.Create(CultureInfo.InvariantCulture, $"{hub.MemoryMiB("VmRSS"):0.0} MiB resident (peak {hub.MemoryMiB("VmHWM"):0.0} MiB)")),
        ];
    }
}
