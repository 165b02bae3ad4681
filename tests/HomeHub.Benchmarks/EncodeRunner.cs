using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BenchmarkDotNet.Columns;

namespace HomeHub.Benchmarks;

/// <summary>Runs <see cref="EncodeBenchmark"/> on one core.</summary>
internal static class EncodeRunner
{
    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        ManualConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithAffinity(1).WithIterationCount(8))
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new ConsoleLogger());
        Summary summary = BenchmarkRunner.Run<EncodeBenchmark>(config);
        IReadOnlyList<Figure> figures = [.. summary.Reports.Select(ToFigure)];
        return Task.FromResult(figures);
    }

    private static Figure ToFigure(BenchmarkReport report)
    {
        if (report.ResultStatistics is not { } times)
        {
            throw new InvalidOperationException("The benchmark did not run: see its log above.");
        }

        double perSecond = 1e9 / times.Median;
        long bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? -1;
        bool hasEvent = (bool)report.BenchmarkCase.Parameters[nameof(EncodeBenchmark.HasEvent)];
        var once = new EncodeBenchmark { HasEvent = hasEvent };
        once.Prepare();
        string what = hasEvent ? "a status event (3" : "status (2";
        return new Figure(
            $"payload to FHIR JSON, one core: blood pressure with stamp, pulse and {what} Observations, {once.JsonBytes} bytes of JSON)",
            "300,000 payloads/s, under 1 KiB allocated each",
            string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0} payloads/s, {bytes:N0} bytes allocated each"));
    }
}
