using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;

namespace HomeHub.Fhir.Writing;

/// <summary>Writes a collection Bundle reading by reading into a buffer that its owner empties in between.</summary>
internal sealed class CollectionWriter(HubFragments hub)
{
    private readonly HashSet<Guid> _clockChecks = [];
    private readonly Dictionary<Guid, DeviceFragment> _devices = [];
    private readonly Dictionary<Guid, PatientFragment> _patients = [];
    private bool _any;

    public JsonBuffer Json { get; } = new();

    public long Observations { get; private set; }

    public void Add(AcquiredReading reading)
    {
        RecordContext context = hub.ContextOf(reading);
        _devices[context.Device.Id] = context.Device;
        if (!reading.Patient.IsLogical)
        {
            _patients[context.Patient.Id] = context.Patient;
        }

        if (reading.ClockCheck is { } check && _clockChecks.Add(context.ClockCheck))
        {
            Open(context.ClockCheck);
            CoincidentTimestampWriter.Write(Json, context.ClockCheck, check, context.Device, context.Gateway);
            Json.Raw("}"u8);
            Observations++;
        }

        Guid[] ids = context.ObservationIds();
        for (int i = 0; i < ids.Length; i++)
        {
            Open(ids[i]);
            ObservationWriter.Write(Json, context, i, ids);
            Json.Raw("}"u8);
            Observations++;
        }
    }

    /// <summary>Ends the Bundle.</summary>
    /// <param name="undecodable">Readings that are missing in it; whoever takes it along is told by an OperationOutcome.</param>
    public void End(long undecodable)
    {
        if (undecodable > 0)
        {
            Guid id = NameUuid.Create(hub.Gateway.Id, "undecodable"u8);
            Open(id);
            Json.Raw("{\"resourceType\":\"OperationOutcome\",\"id\":\""u8);
            Json.Uuid(id);
            Json.Raw("\",\"issue\":[{\"severity\":\"warning\",\"code\":\"incomplete\",\"diagnostics\":\"Readings that are kept, and can't be decoded any more: "u8);
            Json.Number(undecodable);
            Json.Raw("\"}]}}"u8);
        }

        foreach (PatientFragment patient in _patients.Values)
        {
            Write(patient.Id, patient.Json);
        }

        if (_devices.Count > 0)
        {
            Write(hub.Gateway.Id, hub.Gateway.Json);
        }

        foreach (DeviceFragment device in _devices.Values)
        {
            Write(device.Id, device.Json);
        }

        // FHIR has no empty arrays: a Bundle without entries has no entry element.
        Json.Raw(_any ? "\n]}\n"u8 : "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}\n"u8);
    }

    private void Write(Guid id, byte[] resource)
    {
        Open(id);
        Json.Raw(resource);
        Json.Raw("}"u8);
    }

    private void Open(Guid id)
    {
        Json.Raw(_any ? ",\n{\"fullUrl\":\"urn:uuid:"u8 : "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[\n{\"fullUrl\":\"urn:uuid:"u8);
        Json.Uuid(id);
        Json.Raw("\",\"resource\":"u8);
        _any = true;
    }
}
