using System.Collections.Frozen;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Consent;

/// <summary>
/// What holds now: the last decision for each person, kind and recipient. Immutable, so that whoever has it asks as often as is wanted; only who lives here is asked anew each time. What nobody
/// decided is not given.
/// </summary>
public sealed class ConsentState
{
    /// <summary>Nobody has decided anything.</summary>
    public static readonly ConsentState Empty = new(0, []);

    /// <summary>Nobody can tell what was decided: nothing may go.</summary>
    public static readonly ConsentState Unknown = new(-1, []);

    private readonly FrozenDictionary<(PatientReference Patient, DataKinds Kind, string Recipient), ConsentDecision> _last;
    private readonly FrozenSet<PatientReference> _people;
    private readonly IResidents? _residents;

    /// <summary>The state after decisions.</summary>
    /// <param name="version">Number of the last decision; grows with each.</param>
    /// <param name="decisions">Decisions, oldest first; of several about the same the last one holds.</param>
    /// <param name="residents">Who lives here, asked when it is about the room; null where nobody can tell, so that nothing of the room may go.</param>
    public ConsentState(long version, IEnumerable<ConsentDecision> decisions, IResidents? residents = null)
    {
        _residents = residents;
        Version = version;
        var last = new Dictionary<(PatientReference, DataKinds, string), ConsentDecision>();
        foreach (ConsentDecision decision in decisions)
        {
            last[(decision.Patient, decision.Kind, decision.Recipient.Slug)] = decision;
        }

        _last = last.ToFrozenDictionary();
        _people = last.Values.Select(decision => decision.Patient).ToFrozenSet();
    }

    /// <summary>Number of the last decision; 0 for none.</summary>
    public long Version { get; }

    /// <summary>True for <see cref="Unknown"/>.</summary>
    public bool IsUnknown => Version < 0;

    /// <summary>The decisions that hold.</summary>
    public IEnumerable<ConsentDecision> Decisions => _last.Values;

    /// <summary>The people who decided anything.</summary>
    public IReadOnlySet<PatientReference> People => _people;

    /// <summary>The decision that holds; null while there is none.</summary>
    public ConsentDecision? Find(PatientReference patient, DataKinds kind, Recipient recipient) =>
        _last.GetValueOrDefault((patient, kind, recipient.Slug));

    /// <summary>Why a decision makes no sense after what was decided before, in words for a person; null when it does.</summary>
    public string? Refuse(ConsentDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ConsentAnswer? before = Find(decision.Patient, decision.Kind, decision.Recipient)?.Answer;
        return decision.Answer switch
        {
            ConsentAnswer.Withdrawn when before != ConsentAnswer.Given => "there is no consent that could be withdrawn.",
            ConsentAnswer.Refused when before is ConsentAnswer.Given or ConsentAnswer.Withdrawn => "it was given before: it can be withdrawn, so that the recipient is told.",
            _ => null,
        };
    }

    /// <summary>
    /// Whether a reading may go to a recipient: each kind that it tells of is given, and it was measured since the day that the person chose. A reading of a
    /// simulated or replayed device may, unless the person decided something. What is of the room may while everybody who lives here gives it, each since the day of their own choice,
    /// unless somebody lived here then who does not any more: what that person did not give is not set free by leaving.
    /// </summary>
    public bool Permits(AcquiredReading reading, Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(recipient);
        if (reading.Patient.IsNobody || IsUnknown)
        {
            return false;
        }

        if (reading.Patient.IsRoom)
        {
            return _residents?.Now is { Count: > 0 } all
                && !(reading.Effective.Instant <= _residents.LastLeft)
                && all.All(one => IsGiven(one, DataKinds.Room, reading, recipient));
        }

        if (NeedsNone(reading))
        {
            return true;
        }

        DataKinds kinds = DataKindRules.Of(reading);
        for (int bit = 1; bit <= (int)kinds; bit <<= 1)
        {
            if (((int)kinds & bit) != 0 && !IsGiven(reading.Patient, (DataKinds)bit, reading, recipient))
            {
                return false;
            }
        }

        return kinds != DataKinds.None;
    }

    /// <summary>
    /// The device of a reading as a recipient may know it: the same one, without the services whose kind is not given. That somebody has a glucose meter tells of
    /// glucose, also where it is the blood pressure monitor.
    /// </summary>
    public DeviceDescriptor DeviceFor(AcquiredReading reading, Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(recipient);
        DeviceDescriptor device = reading.Device;
        return NeedsNone(reading) || Array.TrueForAll(device.Services, MayBeTold)
            ? device
            : device with { Services = Array.FindAll(device.Services, MayBeTold) };

        bool MayBeTold(BluetoothUuid service) =>
            DataKindRules.Of(service) is var kind && (kind == DataKinds.None || Find(reading.Patient, kind, recipient)?.Answer == ConsentAnswer.Given);
    }

    private bool IsGiven(PatientReference person, DataKinds kind, AcquiredReading reading, Recipient recipient) =>
        _last.TryGetValue((person, kind, recipient.Slug), out ConsentDecision? decision) && decision.Answer == ConsentAnswer.Given && reading.Effective.Instant >= decision.From;

    /// <summary>Whether it goes without consent: of a device that is none, and of a person who decided nothing.</summary>
    private bool NeedsNone(AcquiredReading reading) => reading.Device.IsSynthetic && !_people.Contains(reading.Patient);
}
