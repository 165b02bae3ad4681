using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// One record with everything that is needed to tell what it says, of whom, from which device, and when. The octets are the truth;
/// <see cref="Reading"/> is decoded from them whenever it is asked for.
/// </summary>
public sealed record AcquiredReading
{
    /// <summary>Longest record of a device, in octets (an ATT attribute value is at most 512); a minute of a stream may have more.</summary>
    public const int MaxOctets = 512;

    private Reading? _reading;

    /// <summary>What makes the record the same record.</summary>
    public required RecordIdentity Identity { get; init; }

    /// <summary>The device that took it.</summary>
    public required DeviceDescriptor Device { get; init; }

    /// <summary>Whether a person entered it (rule 7.9).</summary>
    public bool IsEnteredByHand => Context.IsEnteredByHand;

    /// <summary>Whose it is; <see cref="PatientReference.Nobody"/> while it is unassigned.</summary>
    public required PatientReference Patient { get; init; }

    /// <summary>Why it is nobody's; <see cref="UnassignedReason.None"/> where it is somebody's.</summary>
    public UnassignedReason Unassigned { get; init; }

    /// <summary>UUID of the service; 0000 when not known.</summary>
    public required BluetoothUuid Service { get; init; }

    /// <summary>UUID of the characteristic; that of the service again for service data of an advertisement.</summary>
    public required BluetoothUuid Characteristic { get; init; }

    /// <summary>The octets of this one record; of a stream those of a minute, where <see cref="SessionContext.IsMinute"/> says so.</summary>
    public required byte[] Octets { get; init; }

    /// <summary>What the connection had told before the record came.</summary>
    public required SessionContext Context { get; init; }

    /// <summary>Hub time of reception.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was measured.</summary>
    public required EffectiveTime Effective { get; init; }

    /// <summary>The device's stamp, for a context that of its measurement; null when there is none.</summary>
    public PhdTimestamp? Stamp { get; init; }

    /// <summary>The clock comparison that the record refers to; null when the record had no stamp.</summary>
    public ClockCheck? ClockCheck { get; init; }

    /// <summary>For a context, the record of the measurement that it belongs to; null when that is not known.</summary>
    public RecordIdentity? Measurement { get; init; }

    /// <summary>For a context, the MDC code of the measurement's first value; 0 when there is none.</summary>
    public uint MeasurementCode { get; init; }

    /// <summary>
    /// True when another record of the device already has the conditional-create identifier that this one would get: a server would
    /// drop this one as a duplicate, so it goes without. Set by the buffer, once and for good.
    /// </summary>
    public bool IdentifierTaken { get; init; }

    /// <summary>True when a person has taken it back: it is delivered, and shown, as entered in error. Set by the buffer, for good.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>
    /// The same record as another person's: a new reading with an identity of its own, which is made of this one's and of whose it is.
    /// </summary>
    /// <param name="patient">Whose it is.</param>
    /// <param name="measurement">For a context, the identity that its measurement has as that person's.</param>
    public AcquiredReading For(PatientReference patient, RecordIdentity? measurement) => this with
    {
        Identity = Identity.For(patient),
        Patient = patient,
        Unassigned = UnassignedReason.None,
        Measurement = measurement ?? Measurement,
        IdentifierTaken = false,
        IsTakenBack = false,
    };

    /// <summary>The decoded record.</summary>
    /// <exception cref="InvalidOperationException">The octets can no longer be decoded; see <see cref="TryDecode"/>.</exception>
    public Reading Reading
    {
        get => TryDecode(out DecodeError? error)
            ? _reading!
            : throw new InvalidOperationException(
                $"A stored record of characteristic {Characteristic} is not decoded any more: {error?.Code.ToWire() ?? "no single reading"}.");
        init => _reading = value;
    }

    /// <summary>Decodes the record, once; false when a decoder became stricter since it was taken.</summary>
    public bool TryDecode(out DecodeError? error)
    {
        error = null;
        if (_reading is not null)
        {
            return true;
        }

        DecodeResult result = ProfileRegistry.Decode(Characteristic, Octets, Context);
        error = result.Error;
        _reading = error is null && result.Readings.Length == 1 ? result.Readings[0] : null;
        return _reading is not null;
    }
}
