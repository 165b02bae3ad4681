using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Export;

/// <summary>Port: writes readings out for the person whose they are. Safe for several threads.</summary>
public interface IReadingExport
{
    /// <summary>Writes readings as they are read: memory does not grow with history.</summary>
    /// <param name="format">In what form.</param>
    /// <param name="readings">The readings, of one patient or of several.</param>
    /// <param name="output">Where it goes; not closed.</param>
    /// <param name="cancellation">Ends it early; what was written is then incomplete.</param>
    /// <returns>What was written. Of a reading that no decoder understands any more the values are left out; it is counted, and what was written tells of it.</returns>
    Task<ExportResult> WriteAsync(ExportFormat format, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation);
}
