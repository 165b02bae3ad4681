using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.ContinuousGlucose;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// One connection with one device, from the hub's side: takes payloads in the order in which they come and turns them into readings with
/// time, owner and identity. Synchronous and without a clock of its own: the time is in the payload. Not safe for several threads.
/// </summary>
public sealed class AcquisitionSession
{
    /// <summary>Most measurements that are remembered for their contexts, and most identifiers for telling equal ones; stored memories hold fewer.</summary>
    public const int MaxRemembered = 65_536;

    /// <summary>How far the hub's clock may run apart from its monotonic one in a connection before it counts as set.</summary>
    public static readonly TimeSpan MaxHubDrift = TimeSpan.FromSeconds(2);

    private readonly PatientReference _patient;
    private readonly DateTimeOffset? _knownSince;
    private readonly HubZone _zone;
    private readonly DateTimeOffset? _pairedAt;
    private readonly bool _tellsIdentifiersApart;
    private readonly UnstampedSpotChecks _spotChecks = new();
    private readonly Dictionary<ushort, AcquiredReading> _measurements = [];
    private readonly Dictionary<(PhdTimestamp Stamp, ulong Kind), RecordIdentity> _identifiers = [];
    private SessionContext _context = SessionContext.Empty;
    private ClockCheck? _clock;
    private ClockCheck? _fault;
    private TimeSpan? _clockMonotonic;
    private (ushort Sequence, DateTime Stamp)? _last;
    private int _steppedAfter = -1;
    private bool _isRequested;
    private bool _clockFault;

    /// <summary>Starts a connection.</summary>
    /// <param name="patient">Whose device it is.</param>
    /// <param name="device">The device as far as it is known.</param>
    /// <param name="zone">The home's time zone.</param>
    /// <param name="pairedAt">When the device was paired with this hub; null where that is not known, as in a capture.</param>
    /// <param name="tellsIdentifiersApart">
    /// Whether records that would get an identifier of another one are marked. False where a buffer does it, which knows all connections.
    /// </param>
    /// <param name="users">Who uses the device, which decides whose each record is; null where all are <paramref name="patient"/>'s.</param>
    /// <param name="knownSince">From when on a record that seems new is surely new; null where all that ever came is known.</param>
    public AcquisitionSession(
        PatientReference patient, DeviceDescriptor device, HubZone zone, DateTimeOffset? pairedAt = null, bool tellsIdentifiersApart = true,
        DeviceUsers? users = null, DateTimeOffset? knownSince = null)
    {
        Users = users;
        _knownSince = knownSince;
        _tellsIdentifiersApart = tellsIdentifiersApart;
        _patient = patient;
        _zone = zone;
        _pairedAt = pairedAt;
        Device = device;
    }

    /// <summary>The device as it is known by now.</summary>
    public DeviceDescriptor Device { get; private set; }

    /// <summary>Notes a comparison of the device's clock that was made outside the payloads; a new one starts a new coincident timestamp.</summary>
    public void NoteClock(ClockCheck check)
    {
        _clockFault = false;
        NoteClock(check, null);
    }

    /// <summary>Notes whether what comes next was asked for from the device's memory.</summary>
    public void NoteRequest(bool isRequested) => _isRequested = isRequested;

    /// <summary>Who uses the device as each payload comes; it may be given to another while it is connected. Null where all is the patient's.</summary>
    internal DeviceUsers? Users { get; set; }

    /// <summary>Completes what is known of the device.</summary>
    public void NoteDevice(DeviceDescriptor device)
    {
        DeviceDescriptor known = Device with { Information = Device.Information.With(device.Information) };
        Device = device.Services.Aggregate(known, (so, service) => so.WithService(service));
    }

    /// <summary>Takes one payload.</summary>
    public SessionOutcome Accept(in IncomingPayload payload)
    {
        DecodeResult result = ProfileRegistry.Decode(payload.Characteristic, payload.Octets.Span, ContextOf(payload));
        if (result.Error is { } error)
        {
            return new SessionOutcome([], Reject(payload, error));
        }

        _context = result.Context ?? _context;
        FollowHubClock(payload);
        NoteWhatItTold(payload, result);
        AcquiredReading[] acquired = result.Readings.Length == 0 ? [] : new AcquiredReading[result.Readings.Length];
        for (int i = 0; i < acquired.Length; i++)
        {
            acquired[i] = Acquire(payload, result.Readings[i]);
        }

        return new SessionOutcome(acquired, null);
    }

    /// <summary>A payload for quarantine, with what the connection told before it.</summary>
    public RejectedPayload Reject(in IncomingPayload payload, DecodeError error) => new(payload, Device, _patient, error) { Context = ContextOf(payload) };

    /// <summary>What is known of the time of a payload whose time of reception is not.</summary>
    public UnplacedTime PlaceInBoot(in IncomingPayload payload, BootMoment taken)
    {
        PhdTimestamp? shown = _clock?.DeviceTime;
        return new UnplacedTime(taken, shown, shown is not null && _clockMonotonic is { } then && payload.Monotonic is { } now ? taken.Uptime - (now - then) : null);
    }

    private SessionContext ContextOf(in IncomingPayload payload) => payload.IsMinute ? _context with { IsMinute = true } : _context;

    private void NoteWhatItTold(in IncomingPayload payload, in DecodeResult result)
    {
        if (ProfileRegistry.FindProfile(payload.Service)?.Specialization is not null)
        {
            Device = Device.WithService(payload.Service);
        }

        if (result.Device is { } information)
        {
            Device = Device with { Information = Device.Information.With(information) };
        }

        if (result.Clock is { } clock)
        {
            _clockFault = result.ClockFault;
            NoteClock(new ClockCheck(payload.ReceivedAt, clock.TryGetLocal(out _) ? clock : null), payload.Monotonic);
        }
    }

    private void NoteClock(ClockCheck check, TimeSpan? monotonic)
    {
        if (check != _clock)
        {
            (_clock, _clockMonotonic, _fault) = (check, monotonic, null);
            Device = Device with { HasReadableClock = true };
        }
    }

    /// <summary>
    /// When the hub's own clock was set since the device's was compared with it, the comparison is moved along: the device's clock has not changed by that.
    /// It is another comparison then, for what was placed by the old one refers to that.
    /// </summary>
    private void FollowHubClock(in IncomingPayload payload)
    {
        if (_clock is { } compared && _clockMonotonic is { } then && payload.Monotonic is { } now)
        {
            DateTimeOffset comparedAt = payload.ReceivedAt - (now - then);
            if ((comparedAt - compared.ReadAt).Duration() > MaxHubDrift)
            {
                _clock = compared with { ReadAt = comparedAt.ToOffset(compared.ReadAt.Offset) };
                _fault = null;
            }
        }
    }

    private AcquiredReading Acquire(in IncomingPayload payload, Reading reading)
    {
        byte[] octets = payload.Octets.Span[reading.Octets].ToArray();
        AcquiredReading? measurement = reading.IsContext && reading.SequenceNumber is { } wanted
            ? _measurements.GetValueOrDefault(wanted)
            : null;
        PhdTimestamp? stamp = measurement is null ? reading.Timestamp : measurement.Stamp;
        (EffectiveTime effective, ClockCheck? check) = measurement is null
            ? Place(payload.Characteristic, reading, payload.ReceivedAt)
            : (measurement.Effective, measurement.ClockCheck);
        ushort? number = NumberWithin(stamp, payload.Characteristic, reading);
        RecordIdentity identity = _spotChecks.Identify(Device.Address, payload, reading, _isRequested)
            ?? RecordIdentity.Of(Device.Address, payload.Characteristic, stamp, number, payload.ReceivedAt, octets);
        OwnerDecision owner = Decide(payload, reading, effective, measurement, isToldApart: stamp is not null || number is not null);
        var acquired = new AcquiredReading
        {
            Identity = identity,
            Device = Device,
            Patient = owner.Patient,
            Unassigned = owner.Reason,
            Service = payload.Service,
            Characteristic = payload.Characteristic,
            Octets = octets,
            Context = ContextOf(payload),
            ReceivedAt = payload.ReceivedAt,
            Effective = effective,
            Stamp = stamp,
            ClockCheck = check,
            Measurement = measurement?.Identity,
            MeasurementCode = measurement?.Reading.Values is [NumericValue first, ..] ? first.Code.Code : 0,
            IdentifierTaken = _tellsIdentifiersApart && effective.StampIdentifies && stamp is { } own && IsTaken(own, reading, identity),
            Reading = reading,
        };
        if (!reading.IsContext && reading.SequenceNumber is { } sequence && _measurements.Count < MaxRemembered)
        {
            _measurements[sequence] = acquired;
        }

        return acquired;
    }

    /// <summary>Whose the record is; a context is whose its measurement is, and the room is nobody's, whoever says otherwise.</summary>
    private OwnerDecision Decide(in IncomingPayload payload, Reading reading, EffectiveTime effective, AcquiredReading? measurement, bool isToldApart)
    {
        if (measurement is not null)
        {
            return new OwnerDecision(measurement.Patient, measurement.Unassigned);
        }

        bool isOfRoom = reading.Values is [{ Subject: ValueSubject.Room }, ..];
        if (isOfRoom || Users is null)
        {
            return new OwnerDecision(isOfRoom ? PatientReference.Room : _patient, UnassignedReason.None);
        }

        bool concernsDevice = reading.Values.Length > 0 && Array.TrueForAll(reading.Values, value => value.Subject == ValueSubject.Device);
        bool isStored = _isRequested || reading.SequenceNumber is not null;
        return OwnerRules.Decide(
            Users, new OwnerFacts(reading.UserIndex, effective, isStored, payload.ReceivedAt, concernsDevice, payload.IsAdvertised, _knownSince, isToldApart));
    }

    /// <summary>
    /// The number that tells the record from others of the device. A CGM counts minutes anew with each sensor: without the start of its
    /// session the same number comes again for another record, so it tells nothing.
    /// </summary>
    private static ushort? NumberWithin(PhdTimestamp? stamp, BluetoothUuid characteristic, Reading reading) =>
        stamp is null && characteristic == CgmProfile.MeasurementUuid ? null : reading.SequenceNumber;

    private (EffectiveTime Effective, ClockCheck? Check) Place(BluetoothUuid characteristic, Reading reading, DateTimeOffset receivedAt)
    {
        if (reading.Timestamp is not { } stamp)
        {
            return (StampMapper.AtReception(receivedAt, _zone, StampUse.None), null);
        }

        // A CGM's number is its distance in minutes from the session's start: it always ascends with the stamp, and starts anew with a sensor.
        bool isFault = reading.ClockFault || _clockFault;
        bool stepped = characteristic != CgmProfile.MeasurementUuid && HasStepped(reading.SequenceNumber, stamp);
        if (!isFault && !stepped && _clock is { IsFault: false } clock
            && StampMapper.TryMap(stamp, clock, receivedAt, _zone, out EffectiveTime mapped))
        {
            return (mapped, clock);
        }

        _fault ??= new ClockCheck(_clock is { IsFault: true } ? _clock.ReadAt : receivedAt, null);
        return (StampMapper.WithoutComparison(stamp, isFault, receivedAt, _pairedAt, _zone), _fault);
    }

    /// <summary>
    /// True when stamps don't ascend with sequence numbers: the clock was set between the two records, so its reading now says nothing about
    /// the older of them, nor of any that is older still. Told oldest first, the older one is gone when this is seen; the first one after it
    /// then stands for the doubt, and a later stamp than the last starts anew.
    /// </summary>
    private bool HasStepped(ushort? sequence, PhdTimestamp stamp)
    {
        if (sequence is not { } number || !stamp.TryGetLocal(out DateTime local))
        {
            return false;
        }

        bool isBehind = false;
        if (_last is { } last)
        {
            isBehind = number > last.Sequence && local < last.Stamp;
            _steppedAfter = number < last.Sequence && local > last.Stamp ? number : _steppedAfter;
        }

        _last = (number, local);
        return isBehind || number <= _steppedAfter;
    }

    /// <summary>
    /// True when another record of this connection already has an identifier that this one would get. Values that are never sent take no
    /// identifier from those that are: an early estimate of a temperature leaves it to the final one.
    /// </summary>
    private bool IsTaken(PhdTimestamp stamp, Reading reading, RecordIdentity identity)
    {
        bool taken = false;
        foreach (ReadingValue value in reading.Values)
        {
            if (value.Upload == UploadRule.Never)
            {
                continue;
            }

            (PhdTimestamp, ulong) key = (stamp, IdentifierKind.Of(value));
            if (_identifiers.TryGetValue(key, out RecordIdentity other))
            {
                taken |= other != identity;
            }
            else if (_identifiers.Count < MaxRemembered)
            {
                _identifiers[key] = identity;
            }
        }

        return taken;
    }
}
