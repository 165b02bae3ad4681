using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;
using HomeHub.Fhir.Writing;

namespace HomeHub.Fhir;

/// <summary>
/// Writes a patient's history as one FHIR collection Bundle, as it is read: memory grows with the number of devices and connections, not
/// of readings. Everything decoded is written, also what the upload rules hold back.
/// </summary>
public sealed class FhirExport
{
    private const int FlushBytes = 64 * 1024;

    private readonly FhirEncoder _encoder;

    /// <summary>An export by an encoder.</summary>
    public FhirExport(FhirEncoder encoder) => _encoder = encoder;

    /// <summary>
    /// Writes the Bundle: Observations in the order of the readings, each Coincident Timestamp before the first that refers to it; then the
    /// Patient (when known by an identifier), the hub, and the devices as they were last known. Where readings can't be decoded any more, an
    /// OperationOutcome tells how many.
    /// </summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="readings">The readings, of one patient or of several.</param>
    /// <param name="output">Where the JSON goes; not closed.</param>
    /// <param name="cancellation">Ends the export early; the JSON is then incomplete.</param>
    public async Task<ExportResult> WriteBundleAsync(
        HubIdentity hub, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(output);
        HubFragments fragments = _encoder.FragmentsOf(hub);
        var bundle = new CollectionWriter(fragments);
        long count = 0, undecodable = 0;
        await foreach (AcquiredReading reading in readings.WithCancellation(cancellation).ConfigureAwait(false))
        {
            if (Decoding.IsDecodable(reading))
            {
                bundle.Add(reading);
                count++;
            }
            else
            {
                undecodable++;
            }

            if (bundle.Json.Length >= FlushBytes)
            {
                await output.WriteAsync(bundle.Json.Memory, cancellation).ConfigureAwait(false);
                bundle.Json.Clear();
            }
        }

        bundle.End(undecodable);
        await output.WriteAsync(bundle.Json.Memory, cancellation).ConfigureAwait(false);
        await output.FlushAsync(cancellation).ConfigureAwait(false);
        return new ExportResult(count, bundle.Observations, undecodable);
    }
}
