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
    /// <returns>What was written. A reading that no decoder understands any more is left out and counted.</returns>
    Task<ExportResult> WriteAsync(ExportFormat format, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation);
}
