using HomeHub.Core.Capture;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;

namespace HomeHub.Core.Acquisition;

/// <summary>A payload with what is known of where it came from.</summary>
/// <param name="Session">Name of the connection; null when the payload stands alone.</param>
/// <param name="Patient">Whose device it is; <see cref="PatientReference.Nobody"/> for one that several people use, or nobody.</param>
/// <param name="Device">The device, as far as the source knows it.</param>
/// <param name="Clock">Comparison of the device's clock that the source made; null when it made none.</param>
/// <param name="Payload">The payload.</param>
public sealed record DevicePayload(
    string? Session, PatientReference Patient, DeviceDescriptor Device, ClockCheck? Clock, IncomingPayload Payload)
{
    /// <summary>When the device was set up for the patient; null where that is not known, as in a capture.</summary>
    public DateTimeOffset? PairedAt { get; init; }

    /// <summary>How the value came about, where the source tells it.</summary>
    public CaptureOperation Operation { get; init; }

    /// <summary>False for what the hub wrote and what a control point answered: a capture tells it, and nothing is decoded from it.</summary>
    public bool IsDecoded => Operation is not (CaptureOperation.Written or CaptureOperation.Answered);

    /// <summary>Who uses a device that was set up, and so decides whose each record is; null where all of it is <see cref="Patient"/>'s, as in a capture.</summary>
    public DeviceUsers? Users { get; init; }

    /// <summary>
    /// Set when its time of reception is only what the hub's clock showed before it was set, and can't be corrected: what is known instead. Nothing that it
    /// tells is a reading then. Null: the time of reception is right.
    /// </summary>
    public BootMoment? Unplaced { get; init; }

    /// <summary>True when the device told it because the hub asked for stored records.</summary>
    public bool IsRequested { get; init; }
}
