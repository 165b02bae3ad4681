using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>A payload that was not understood: kept whole in quarantine, so that a mended decoder can be run over it.</summary>
/// <param name="Payload">The payload.</param>
/// <param name="Device">The device that sent it.</param>
/// <param name="Patient">Whose it would be.</param>
/// <param name="Error">What is wrong with it.</param>
public sealed record RejectedPayload(IncomingPayload Payload, DeviceDescriptor Device, PatientReference Patient, DecodeError Error)
{
    /// <summary>What the connection had told before it, without which some payloads can't be decoded again.</summary>
    public SessionContext Context { get; init; } = SessionContext.Empty;

    /// <summary>For a payload whose time of reception can't be known, what a person could work it out from; null for every other.</summary>
    public UnplacedTime? Unplaced { get; init; }
}
