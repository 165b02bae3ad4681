using System.Diagnostics;
using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Sqlite;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Benchmarks;

/// <summary>How fast readings become durable, and what one alone costs.</summary>
internal static class AppendRunner
{
    /// <summary>Appends readings one by one in a process of its own, so that its calls to the kernel can be counted.</summary>
    public const string ChildCommand = "append-alone";

    private const int Readings = 100_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync() =>
    [
        await MeasureBurstAsync(100),
        await MeasureBurstAsync(IngestPipeline.MaxBatchPayloads),
        await CountSyncsAsync(),
    ];

    public static async Task AppendAloneAsync(string folder, int count)
    {
        await using SqliteReadingBuffer buffer = await OpenAsync(folder);
        for (int i = 0; i < count; i++)
        {
            await buffer.AppendAsync(SampleReadings.Many(i, 1), CancellationToken.None);
        }
    }

    private static async Task<Figure> MeasureBurstAsync(int perCall)
    {
        NewReading[][] calls = [.. Enumerable.Range(0, Readings / perCall).Select(call => SampleReadings.Many(call * perCall, perCall))];
        using var folder = new ScratchFolder();
        await using SqliteReadingBuffer buffer = await OpenAsync(folder.Path);
        await buffer.AppendAsync(SampleReadings.Many(Readings, perCall), CancellationToken.None);
        long start = Stopwatch.GetTimestamp();
        foreach (NewReading[] call in calls)
        {
            AppendOutcome[] outcomes = await buffer.AppendAsync(call, CancellationToken.None);
            if (outcomes.Any(outcome => outcome != AppendOutcome.Stored))
            {
                throw new InvalidOperationException("A reading was not stored.");
            }
        }

        double perSecond = Readings / Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(
            $"append in bursts: {Readings:N0} readings, {perCall} a call, one caller, each call durable before the next",
            "50,000 readings/s",
            string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} readings/s"));
    }

    /// <summary>Twice as many readings less the same once: opening and closing cancel out.</summary>
    private static async Task<Figure> CountSyncsAsync()
    {
        const int few = 100;
        const int many = 200;
        double each = (await CountSyncsAsync(many) - await CountSyncsAsync(few)) / (double)(many - few);
        return new(
            $"append one reading alone, {many - few} times (counted by strace)",
            "1 fsync",
            string.Create(CultureInfo.InvariantCulture, $"{each:0.##} fsync each"));
    }

    private static async Task<int> CountSyncsAsync(int readings)
    {
        using var folder = new ScratchFolder();
        string trace = Path.Combine(folder.Path, "strace.txt");
        string data = Path.Combine(folder.Path, "data");
        ProcessStartInfo start = new(
            "strace",
            [
                "-f", "-qq", "-e", "trace=fsync,fdatasync,msync,sync_file_range", "-e", "signal=none", "-o", trace,
                Environment.ProcessPath!, .. HostArguments(), ChildCommand, data, readings.ToString(CultureInfo.InvariantCulture),
            ]);
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The traced process ended with {process.ExitCode}.");
        }

        return File.ReadLines(trace).Count(line => line.Contains("sync(", StringComparison.Ordinal));
    }

    /// <summary>Under <c>dotnet x.dll</c> the process is dotnet and has to be told the assembly.</summary>
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    public static Task<SqliteReadingBuffer> OpenAsync(string folder) =>
        SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
}
