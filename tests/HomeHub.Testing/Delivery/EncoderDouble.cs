using System.Buffers;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Delivery;

/// <summary>A double of the encoder: one line a reading and a Device, ids derived like the real one's.</summary>
public sealed class EncoderDouble : IBundleEncoder
{
    /// <inheritdoc/>
    public IReadOnlyList<DeviceEntry> ListDevices(HubIdentity hub, IReadOnlyList<AcquiredReading> readings) =>
        [.. readings.Select(reading => reading.Device).Distinct().Select(device => new DeviceEntry(IdOf(hub, device), $"{device.Information} {ServicesOf(device)}"))];

    /// <inheritdoc/>
    public EncodedBundle EncodeBundle(
        HubIdentity hub, IReadOnlyList<AcquiredReading> readings, IReadOnlySet<Guid> devices, IBufferWriter<byte> output)
    {
        var entries = new List<BundleEntry>();
        foreach (Guid device in devices)
        {
            entries.Add(new BundleEntry(device, -1));
            Write(output, $"device {ServicesOf(readings.Last(reading => IdOf(hub, reading.Device) == device).Device)} {device}\n");
        }

        for (int i = 0; i < readings.Count; i++)
        {
            entries.Add(new BundleEntry(EntryOf(hub, readings[i]), i));
            Write(output, $"reading {entries[^1].Id}\n");
        }

        byte[] name = [.. entries.SelectMany(entry => entry.Id.ToByteArray()).Take(NameUuid.MaxNameBytes)];
        return new EncodedBundle(NameUuid.Create(hub.Id, name), entries, readings.Count);
    }

    /// <inheritdoc/>
    public EncodedBundle EncodeConsent(HubIdentity hub, ConsentExtract extract, IBufferWriter<byte> output)
    {
        Guid entry = NameUuid.Create(hub.Id, Encoding.UTF8.GetBytes(extract.Patient.Key + extract.ContentHash));
        Write(output, $"consent {string.Join(',', extract.Decisions.Select(decision => $"{decision.Kind}:{decision.Answer}"))} {entry}\n");
        return new EncodedBundle(entry, [new BundleEntry(entry, -1)], 0);
    }

    /// <inheritdoc/>
    public void EncodeResources(HubIdentity hub, AcquiredReading reading, Action<Guid, ReadOnlyMemory<byte>> resource) =>
        resource(EntryOf(hub, reading), Encoding.UTF8.GetBytes($"reading {reading.Identity}"));

    /// <summary>UUID of a reading's entry.</summary>
    public static Guid EntryOf(HubIdentity hub, AcquiredReading reading) => NameUuid.ForObservation(hub.Id, reading.Identity, 1);

    /// <summary>UUID of a Device's entry.</summary>
    public static Guid IdOf(HubIdentity hub, DeviceDescriptor device) => NameUuid.Create(hub.Id, Encoding.UTF8.GetBytes(device.Address));

    /// <summary>The entries of a Bundle that this double wrote; none of any other.</summary>
    public static IEnumerable<Guid> ReadEntries(ReadOnlySpan<byte> bundle) =>
        Encoding.UTF8.GetString(bundle).Split('\n').Select(line => Guid.TryParse(line.Split(' ')[^1], out Guid id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    private static string ServicesOf(DeviceDescriptor device) => string.Join(',', device.Services);

    private static void Write(IBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));
}
