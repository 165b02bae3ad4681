using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Identity;

/// <summary>A record with the fragments of all that its Observations refer to.</summary>
internal readonly struct RecordContext
{
    /// <summary>Gathers what the Observations of a record need.</summary>
    public RecordContext(AcquiredReading record, Guid space, DeviceFragment gateway, DeviceFragment device, PatientFragment patient, Guid clockCheck)
    {
        Record = record;
        Reading = record.Reading;
        Space = space;
        Gateway = gateway;
        Device = device;
        Patient = patient;
        ClockCheck = clockCheck;
        StampSeconds = record.Stamp is { } stamp && record.Effective.StampIdentifies && !record.IdentifierTaken
            && stamp.TryGetSecondsSince2000(out long seconds) ? seconds : null;
    }

    /// <summary>The record.</summary>
    public AcquiredReading Record { get; }

    /// <summary>The record, decoded.</summary>
    public Reading Reading { get; }

    /// <summary>Namespace of the UUIDs.</summary>
    public Guid Space { get; }

    /// <summary>The hub as a Device.</summary>
    public DeviceFragment Gateway { get; }

    /// <summary>The device.</summary>
    public DeviceFragment Device { get; }

    /// <summary>The patient.</summary>
    public PatientFragment Patient { get; }

    /// <summary>The Coincident Timestamp; empty when the record has none.</summary>
    public Guid ClockCheck { get; }

    /// <summary>The stamp that identifies the record towards the cloud, in seconds since 2000 of the device's time scale; null when none does.</summary>
    public long? StampSeconds { get; }

    /// <summary>True when the effective time is that of reception, which is the end of what was measured.</summary>
    public bool IsEffectiveReception => Record.Effective.Use is StampUse.None or StampUse.NotUsable;

    /// <summary>UUIDs of all the record's Observations, in the order of its values.</summary>
    public Guid[] ObservationIds()
    {
        var ids = new Guid[Reading.Values.Length];
        FillObservationIds(ids);
        return ids;
    }

    /// <summary>The same, into <paramref name="ids"/>, one for each value.</summary>
    public void FillObservationIds(Span<Guid> ids)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = NameUuid.ForObservation(Space, Record.Identity, Kinds.Of(Reading.Values, i));
        }
    }
}
