using System.Globalization;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;

namespace HomeHub.Testing.Export;

/// <summary>A double of the export: a line a reading, with its format and when it was received.</summary>
public sealed class ReadingExportDouble : IReadingExport
{
    /// <inheritdoc/>
    public async Task<ExportResult> WriteAsync(ExportFormat format, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation)
    {
        long written = 0, undecodable = 0;
        await foreach (AcquiredReading reading in readings.WithCancellation(cancellation))
        {
            if (!reading.TryDecode(out _))
            {
                undecodable++;
                continue;
            }

            string line = string.Create(CultureInfo.InvariantCulture, $"{format} {reading.ReceivedAt:O}\n");
            await output.WriteAsync(Encoding.UTF8.GetBytes(line), cancellation);
            written++;
        }

        return new ExportResult(written, written, undecodable);
    }
}
