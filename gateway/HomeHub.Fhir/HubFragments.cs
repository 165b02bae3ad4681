using System.Collections.Concurrent;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Fhir.Identity;

namespace HomeHub.Fhir;

/// <summary>
/// The fragments of one hub: itself, its devices, its patients. Made when first met and kept; the last of each is found without a look-up,
/// for readings come in runs. Safe for several threads.
/// </summary>
internal sealed class HubFragments
{
    /// <summary>More devices or patients than a home has; when reached, the store starts anew.</summary>
    private const int MaxKept = 1024;

    private readonly ConcurrentDictionary<DeviceDescriptor, DeviceFragment> _devices = new();
    private readonly ConcurrentDictionary<PatientReference, PatientFragment> _patients = new();
    private LastDevice? _lastDevice;
    private PatientFragment? _lastPatient;
    private LastCheck? _lastCheck;

    public HubFragments(HubIdentity hub, string softwareVersion)
    {
        Hub = hub;
        Gateway = DeviceFragment.OfHub(hub, softwareVersion);
    }

    public HubIdentity Hub { get; }

    public DeviceFragment Gateway { get; }

    public DeviceFragment Of(DeviceDescriptor device)
    {
        LastDevice? last = _lastDevice;
        if (last is not null && ReferenceEquals(last.Device, device))
        {
            return last.Fragment;
        }

        if (!_devices.TryGetValue(device, out DeviceFragment? fragment))
        {
            fragment = DeviceFragment.Of(Hub.Space, device);
            Keep(_devices, device, fragment);
        }

        _lastDevice = new LastDevice(device, fragment);
        return fragment;
    }

    public PatientFragment Of(PatientReference patient)
    {
        if (patient.IsNobody)
        {
            throw new ArgumentException("Nobody's reading becomes no resource: it is assigned or discarded first.", nameof(patient));
        }

        PatientFragment? last = _lastPatient;
        if (last is not null && ReferenceEquals(last.Patient, patient))
        {
            return last;
        }

        if (!_patients.TryGetValue(patient, out PatientFragment? fragment))
        {
            fragment = new PatientFragment(Hub.Space, patient);
            Keep(_patients, patient, fragment);
        }

        _lastPatient = fragment;
        return fragment;
    }

    /// <summary>UUID of a Coincident Timestamp; empty when there is none.</summary>
    public Guid IdOf(Guid device, ClockCheck? check)
    {
        if (check is null)
        {
            return Guid.Empty;
        }

        LastCheck? last = _lastCheck;
        if (last is null || last.Device != device || last.Check != check)
        {
            last = new LastCheck(device, check, CoincidentTimestamps.IdOf(Hub.Space, device, check));
            _lastCheck = last;
        }

        return last.Id;
    }

    /// <summary>The hub, then each device of the readings, once, in order. A device that became better known in between counts as last known.</summary>
    public List<DeviceFragment> DevicesOf(IReadOnlyList<AcquiredReading> readings)
    {
        List<DeviceFragment> devices = [Gateway];
        DeviceDescriptor? last = null;
        for (int i = 0; i < readings.Count; i++)
        {
            DeviceDescriptor device = readings[i].Device;
            if (ReferenceEquals(device, last))
            {
                continue;
            }

            last = device;
            DeviceFragment fragment = Of(device);
            int known = devices.FindIndex(d => d.Id == fragment.Id);
            if (known < 0)
            {
                devices.Add(fragment);
            }
            else
            {
                devices[known] = fragment;
            }
        }

        return devices;
    }

    /// <summary>A record with all that its Observations refer to.</summary>
    public RecordContext ContextOf(AcquiredReading record)
    {
        DeviceFragment device = Of(record.Device);
        return new RecordContext(record, Hub.Space, Gateway, device, Of(record.Patient), IdOf(device.Id, record.ClockCheck));
    }

    private static void Keep<TKey, TValue>(ConcurrentDictionary<TKey, TValue> store, TKey key, TValue value)
        where TKey : notnull
    {
        if (store.Count >= MaxKept)
        {
            store.Clear();
        }

        store[key] = value;
    }

    private sealed record LastDevice(DeviceDescriptor Device, DeviceFragment Fragment);

    private sealed record LastCheck(Guid Device, ClockCheck Check, Guid Id);
}
