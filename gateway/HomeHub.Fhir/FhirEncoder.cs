using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;
using HomeHub.Fhir.Writing;
using HomeHub.Profiles;

namespace HomeHub.Fhir;

/// <summary>
/// Writes readings as FHIR R4 by the HL7 Personal Health Device implementation guide 2.0.0. Stable: a reading gives the same bytes whatever
/// is encoded before, beside or after it. Safe for several threads.
/// </summary>
public sealed class FhirEncoder : IBundleEncoder
{
    private readonly string _softwareVersion;
    private readonly UploadOptions _options;
    private HubFragments? _hub;

    /// <summary>An encoder that tells the version of this program.</summary>
    public FhirEncoder()
        : this(typeof(FhirEncoder).Assembly.GetName().Version?.ToString(3) ?? "0.0.0")
    {
    }

    /// <summary>An encoder.</summary>
    /// <param name="softwareVersion">Version of HomeHub that the hub's Device tells.</param>
    /// <param name="options">What of the values that are held back goes into Bundles all the same; null: nothing.</param>
    public FhirEncoder(string softwareVersion, UploadOptions? options = null)
    {
        _softwareVersion = softwareVersion;
        _options = options ?? new UploadOptions();
    }

    /// <inheritdoc/>
    public IReadOnlyList<DeviceEntry> ListDevices(HubIdentity hub, IReadOnlyList<AcquiredReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        return [.. FragmentsOf(hub).DevicesOf(readings).Select(device => device.Entry)];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Entries in order: Patient (when known by an identifier), hub and devices as far as they are to be included, Coincident Timestamps,
    /// Observations. Values whose rule is <see cref="UploadRule.Never"/> are left out, and so are the Coincident Timestamps of readings that
    /// have no other value. Thinning out (throttle, change) is done with whole readings, before they come here.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no reading, or readings are of different patients.</exception>
    public EncodedBundle EncodeBundle(
        HubIdentity hub, IReadOnlyList<AcquiredReading> readings, IReadOnlySet<Guid> devices, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentOutOfRangeException.ThrowIfZero(readings.Count);
        HubFragments fragments = FragmentsOf(hub);
        var plan = BundlePlan.Of(fragments, readings, devices, _options);
        JsonBuffer json = JsonBuffer.Rent();
        try
        {
            BundleWriter.Write(json, fragments, readings, plan, output);
        }
        finally
        {
            json.Return();
        }

        return new EncodedBundle(plan.Id, plan.Entries, plan.Observations);
    }

    /// <inheritdoc/>
    public EncodedBundle EncodeConsent(HubIdentity hub, ConsentExtract extract, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(extract);
        ArgumentNullException.ThrowIfNull(output);
        JsonBuffer json = JsonBuffer.Rent();
        try
        {
            return ConsentWriter.Write(json, FragmentsOf(hub), extract, output);
        }
        finally
        {
            json.Return();
        }
    }

    /// <inheritdoc/>
    /// <remarks>In order: the Device, the Patient when known by an identifier, the Coincident Timestamp, the Observations.</remarks>
    public void EncodeResources(HubIdentity hub, AcquiredReading reading, Action<Guid, ReadOnlyMemory<byte>> resource)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(resource);
        RecordContext context = FragmentsOf(hub).ContextOf(reading);
        resource(context.Device.Id, context.Device.Json);
        if (!reading.Patient.IsLogical)
        {
            resource(context.Patient.Id, context.Patient.Json);
        }

        JsonBuffer json = JsonBuffer.Rent();
        try
        {
            if (reading.ClockCheck is { } check)
            {
                CoincidentTimestampWriter.Write(json, context.ClockCheck, check, context.Device, context.Gateway);
                resource(context.ClockCheck, json.Memory);
            }

            Guid[] ids = context.ObservationIds();
            for (int i = 0; i < ids.Length; i++)
            {
                json.Clear();
                ObservationWriter.Write(json, context, i, ids);
                resource(ids[i], json.Memory);
            }
        }
        finally
        {
            json.Return();
        }
    }

    /// <summary>
    /// Writes a reading's Observations only, each on a line of its own, whatever the upload rules hold back: the innermost step, for
    /// streams and measurements of speed.
    /// </summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="output">Where the lines go.</param>
    /// <returns>How many Observations.</returns>
    public int EncodeObservations(HubIdentity hub, AcquiredReading reading, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(output);
        RecordContext context = FragmentsOf(hub).ContextOf(reading);
        ReadingValue[] values = context.Reading.Values;
        Span<Guid> few = stackalloc Guid[8];
        Span<Guid> ids = values.Length <= few.Length ? few[..values.Length] : new Guid[values.Length];
        context.FillObservationIds(ids);
        JsonBuffer json = JsonBuffer.Rent();
        for (int i = 0; i < values.Length; i++)
        {
            ObservationWriter.Write(json, context, i, ids);
            json.Raw("\n"u8);
        }

        output.Write(json.Span);
        json.Return();
        return values.Length;
    }

    /// <summary>The fragments of a hub. A process has one hub; a tool that changes it pays for it, no more.</summary>
    internal HubFragments FragmentsOf(HubIdentity hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        HubFragments? known = _hub;
        if (known is null || (!ReferenceEquals(known.Hub, hub) && known.Hub != hub))
        {
            known = new HubFragments(hub, _softwareVersion);
            _hub = known;
        }

        return known;
    }
}
