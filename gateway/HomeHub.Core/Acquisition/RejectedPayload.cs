using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>A payload that was not understood: kept whole in quarantine, so that a mended decoder can be run over it.</summary>
/// <param name="Payload">The payload.</param>
/// <param name="Device">The device that sent it.</param>
/// <param name="Patient">Whose it would be.</param>
/// <param name="Error">What is wrong with it.</param>
public sealed record RejectedPayload(IncomingPayload Payload, DeviceDescriptor Device, PatientReference Patient, DecodeError Error);
