using System.Security.Cryptography;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;
using HomeHub.Profiles;

namespace HomeHub.Fhir;

/// <summary>What goes into a Bundle: known before the first byte is written, for the Bundle's own UUID is made of it.</summary>
internal sealed class BundlePlan
{
    private readonly Guid[] _ids;
    private readonly List<BundleEntry> _entries;

    private readonly UploadOptions _options;

    private BundlePlan(Guid[] ids, List<BundleEntry> entries, UploadOptions options)
    {
        _options = options;
        _ids = ids;
        _entries = entries;
    }

    /// <summary>UUID of the Bundle: version 5 over the UUIDs of its entries, in the namespace of the hub.</summary>
    public Guid Id { get; private set; }

    /// <summary>All entries, in order.</summary>
    public IReadOnlyList<BundleEntry> Entries => _entries;

    /// <summary>How many entries are Observations.</summary>
    public int Observations { get; private set; }

    /// <summary>The Devices that go along, the hub first.</summary>
    public List<DeviceFragment> Devices { get; } = [];

    /// <summary>The patient's entry; null for one known by a logical id.</summary>
    public PatientFragment? Patient { get; private set; }

    /// <summary>The Coincident Timestamps that go along, each by the first reading that refers to it.</summary>
    public List<(Guid Id, AcquiredReading Reading)> ClockChecks { get; } = [];

    /// <summary>UUIDs of a reading's values, empty for those that stay; <paramref name="start"/> is where they begin and moves on.</summary>
    public ReadOnlySpan<Guid> IdsOf(AcquiredReading reading, ref int start)
    {
        int count = reading.Reading.Values.Length;
        start += count;
        return _ids.AsSpan(start - count, count);
    }

    public static BundlePlan Of(
        HubFragments hub, IReadOnlyList<AcquiredReading> readings, IReadOnlySet<Guid> devices, UploadOptions options)
    {
        int values = 0;
        for (int i = 0; i < readings.Count; i++)
        {
            values += readings[i].Reading.Values.Length;
        }

        var plan = new BundlePlan(new Guid[values], new List<BundleEntry>(values + 4), options);
        plan.AddPatient(hub, readings);
        plan.AddDevices(hub, readings, devices);
        plan.AddClockChecks(hub, readings);
        plan.AddValues(hub, readings);
        plan.Id = plan.IdOfEntries(hub.Hub.Id, readings);
        return plan;
    }

    private bool GoesUp(AcquiredReading reading)
    {
        foreach (ReadingValue value in reading.Reading.Values)
        {
            if (_options.RuleOf(reading, value) != UploadRule.Never)
            {
                return true;
            }
        }

        return false;
    }

    private void AddPatient(HubFragments hub, IReadOnlyList<AcquiredReading> readings)
    {
        PatientReference patient = readings[0].Patient;
        for (int i = 1; i < readings.Count; i++)
        {
            if (!ReferenceEquals(readings[i].Patient, patient) && readings[i].Patient != patient)
            {
                throw new ArgumentException("A Bundle is for one patient.", nameof(readings));
            }
        }

        if (!patient.IsLogical)
        {
            Patient = hub.Of(patient);
            _entries.Add(new BundleEntry(Patient.Id, -1));
        }
    }

    private void AddDevices(HubFragments hub, IReadOnlyList<AcquiredReading> readings, IReadOnlySet<Guid> devices)
    {
        if (devices.Count == 0)
        {
            return;
        }

        foreach (DeviceFragment device in hub.DevicesOf(readings))
        {
            if (devices.Contains(device.Id))
            {
                Devices.Add(device);
                _entries.Add(new BundleEntry(device.Id, -1));
            }
        }
    }

    private void AddClockChecks(HubFragments hub, IReadOnlyList<AcquiredReading> readings)
    {
        HashSet<Guid>? seen = null;
        Guid last = Guid.Empty;
        for (int i = 0; i < readings.Count; i++)
        {
            AcquiredReading reading = readings[i];
            if (reading.ClockCheck is not { } check || !GoesUp(reading))
            {
                continue;
            }

            Guid id = hub.IdOf(hub.Of(reading.Device).Id, check);
            if (id != last && (seen ??= []).Add(id))
            {
                ClockChecks.Add((id, reading));
                _entries.Add(new BundleEntry(id, -1));
                Observations++;
            }

            last = id;
        }
    }

    private void AddValues(HubFragments hub, IReadOnlyList<AcquiredReading> readings)
    {
        int start = 0;
        for (int r = 0; r < readings.Count; r++)
        {
            ReadingValue[] values = readings[r].Reading.Values;
            for (int i = 0; i < values.Length; i++)
            {
                if (_options.RuleOf(readings[r], values[i]) == UploadRule.Never)
                {
                    continue;
                }

                Guid id = NameUuid.ForObservation(hub.Hub.Space, readings[r].Identity, Kinds.Of(values, i));
                _ids[start + i] = id;
                _entries.Add(new BundleEntry(id, r));
                Observations++;
            }

            start += values.Length;
        }
    }

    private Guid IdOfEntries(Guid hub, IReadOnlyList<AcquiredReading> readings)
    {
#pragma warning disable CA5350 // SHA-1 is what version 5 is defined with; nothing is protected by it here.
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        Span<byte> bytes = stackalloc byte[20];
        hub.TryWriteBytes(bytes, bigEndian: true, out _);
        sha.AppendData(bytes[..16]);
        foreach (BundleEntry entry in _entries)
        {
            entry.Id.TryWriteBytes(bytes, bigEndian: true, out _);
            sha.AppendData(bytes[..16]);

            // The same entry, taken back, is in another Bundle: a late receipt for what was sent before must not pass for its.
            if (entry.Reading >= 0 && readings[entry.Reading].IsTakenBack)
            {
                sha.AppendData("taken back"u8);
            }
        }

        sha.GetHashAndReset(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
