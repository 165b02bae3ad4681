using HomeHub.Testing;
using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>What goes over the wire, counted at the broker.</summary>
internal static class WireRunner
{
    private const int Readings = 10_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new ScratchFolder();
        string capture = folder.File("mixed.ndjson");
        MixedCapture.Write(capture, Readings);
        await Programs.FillBufferAsync(folder, capture, Readings);
        int port = FreePort.Take();
        await using RunningProgram broker = await Programs.StartBrokerAsync(folder, port);
        await using RunningProgram relay = await Programs.StartRelayAsync(folder, port);
        Figure backlog = await MeasureAsync(folder, port, [], spy => new(
            $"on the wire: a backlog of {Readings:N0} mixed readings",
            "80 payload bytes an Observation",
            string.Create(CultureInfo.InvariantCulture, $"{(double)spy.PayloadBytes / spy.Observations:0.0} bytes an Observation ({spy.PayloadBytes:N0} bytes, {spy.Observations:N0} Observations, {spy.Bundles:N0} Bundles)")));
        Figure full = await MeasureLoneAsync(folder, port, "pressures, pulse, a status event", MixedCapture.LoneBloodPressure());
        Figure withPulse = await MeasureLoneAsync(folder, port, "pressures, pulse", MixedCapture.BloodPressureWithPulse());
        Figure bare = await MeasureLoneAsync(folder, port, "pressures only", MixedCapture.BareBloodPressure());
        return [backlog, full, withPulse, bare];
    }

    private static async Task<Figure> MeasureLoneAsync(ScratchFolder folder, int port, string what, string line)
    {
        string capture = folder.File("lone.ndjson");
        await File.WriteAllTextAsync(capture, line + "\n");
        return await MeasureAsync(folder, port, ["--replay", capture], spy => new(
            $"on the wire: one blood pressure alone ({what}; with stamp and clock comparison), its Devices known to the relay",
            "950 payload bytes",
            string.Create(CultureInfo.InvariantCulture, $"{spy.PayloadBytes:N0} bytes ({spy.Observations} Observations, {spy.Bundles} Bundle)")));
    }

    private static async Task<Figure> MeasureAsync(ScratchFolder folder, int port, string[] more, Func<WireSpy, Figure> figure)
    {
        await using WireSpy spy = await WireSpy.StartAsync(port);
        await using (RunningProgram hub = Programs.StartHub(folder, port, [.. more, "--exit-when-drained"]))
        {
            await hub.WaitForSuccessAsync(Programs.Patience);
        }

        // The spy's queue may be longer than the relay's: all is in when nothing more comes for a while.
        long before = -1;
        await Programs.UntilAsync(
            async () =>
            {
                bool isQuiet = before == spy.Bundles && before > 0;
                before = spy.Bundles;
                await Task.Delay(TimeSpan.FromSeconds(1));
                return isQuiet;
            },
            "the spy to have read all");
        return figure(spy);
    }
}
