using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;
using HomeHub.Profiles;
using Xunit;

namespace HomeHub.Testing.Export;

/// <summary>What every export of readings does.</summary>
public abstract class ReadingExportContract
{
    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    /// <summary>The export under test.</summary>
    protected abstract IReadingExport Create();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_reading_is_written_and_counted_and_the_stream_stays_open(ExportFormat format)
    {
        using var output = new MemoryStream();
        ExportResult result = await Create().WriteAsync(format, Readings(3), output, default);
        Assert.Equal((3, 0), (result.Readings, result.Undecodable));
        Assert.True(output.CanWrite);
        using var less = new MemoryStream();
        await Create().WriteAsync(format, Readings(1), less, default);
        Assert.InRange(less.Length, 1, output.Length - 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_nobody_understands_any_more_is_left_out_and_counted(ExportFormat format)
    {
        AcquiredReading readable = SampleReadings.BloodPressure(1);
        var broken = new AcquiredReading
        {
            Identity = readable.Identity, Device = readable.Device, Patient = readable.Patient, Service = readable.Service, Characteristic = readable.Characteristic, Octets = [0x1E],
            Context = SessionContext.Empty, ReceivedAt = readable.ReceivedAt, Effective = readable.Effective,
        };
        using var output = new MemoryStream();
        ExportResult result = await Create().WriteAsync(format, new[] { broken, readable }.ToAsyncEnumerable(), output, default);
        Assert.Equal((1, 1), (result.Readings, result.Undecodable));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Readings_go_out_while_others_are_still_read(ExportFormat format)
    {
        using var output = new MemoryStream();
        long early = 0;
        await Create().WriteAsync(format, Watched(), output, default);
        Assert.InRange(early, 1, output.Length - 1);

        async IAsyncEnumerable<AcquiredReading> Watched()
        {
            await foreach (AcquiredReading reading in Readings(600))
            {
                early = Math.Max(early, output.Length);
                yield return reading;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task It_ends_early_when_nobody_wants_it_any_more(ExportFormat format)
    {
        using var ending = new CancellationTokenSource();
        await ending.CancelAsync();
        using var output = new MemoryStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Create().WriteAsync(format, Readings(3), output, ending.Token));
    }

    private static IAsyncEnumerable<AcquiredReading> Readings(int count) => Enumerable.Range(0, count).Select(number => SampleReadings.BloodPressure(number)).ToAsyncEnumerable();
}
