using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Delivery;

/// <summary>
/// Port: writes readings in the cloud's language. Pure and stable: the same readings, in the same order, with the same Devices included,
/// give the same bytes.
/// </summary>
public interface IBundleEncoder
{
    /// <summary>The Devices (hub and personal health devices) that the readings refer to, without doubles.</summary>
    IReadOnlyList<DeviceEntry> ListDevices(HubIdentity hub, IReadOnlyList<AcquiredReading> readings);

    /// <summary>
    /// Writes a transaction Bundle of the readings of one patient: only values that the upload rules let out.
    /// </summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="readings">Readings of one patient, at least one.</param>
    /// <param name="devices">UUIDs of the Devices to include.</param>
    /// <param name="output">Where the JSON goes.</param>
    /// <returns>What was written, entry by entry.</returns>
    EncodedBundle EncodeBundle(HubIdentity hub, IReadOnlyList<AcquiredReading> readings, IReadOnlySet<Guid> devices, IBufferWriter<byte> output);

    /// <summary>Writes a transaction Bundle that tells a recipient what a person lets it have; it takes the place of what was told before.</summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="extract">What is told.</param>
    /// <param name="output">Where the JSON goes.</param>
    /// <returns>What was written, entry by entry, none of which is of a reading.</returns>
    EncodedBundle EncodeConsent(HubIdentity hub, ConsentExtract extract, IBufferWriter<byte> output);

    /// <summary>
    /// Writes all resources of a reading one by one, whatever the upload rules hold back, Device first; for tools and exports.
    /// </summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="resource">Called with the JSON of each resource and its UUID; the memory is only valid during the call.</param>
    void EncodeResources(HubIdentity hub, AcquiredReading reading, Action<Guid, ReadOnlyMemory<byte>> resource);
}
