using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;

namespace HomeHub.Fhir;

/// <summary>Writes readings out by an encoder, as <see cref="FhirExport"/> and <see cref="CsvExport"/> do.</summary>
/// <param name="encoder">The encoder.</param>
/// <param name="hub">The hub: namespace of the UUIDs.</param>
public sealed class FhirReadingExport(FhirEncoder encoder, HubIdentity hub) : IReadingExport
{
    /// <inheritdoc/>
    public Task<ExportResult> WriteAsync(ExportFormat format, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation) => format switch
    {
        ExportFormat.Fhir => new FhirExport(encoder).WriteBundleAsync(hub, readings, output, cancellation),
        ExportFormat.Csv => new CsvExport(encoder).WriteAsync(hub, readings, output, cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
