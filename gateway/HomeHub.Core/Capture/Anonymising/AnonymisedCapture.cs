using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>A capture that tells of nobody.</summary>
/// <param name="Payloads">What is left of it, in its order.</param>
/// <param name="LeftOut">What is not in it, by characteristic and reason.</param>
public sealed record AnonymisedCapture(IReadOnlyList<DevicePayload> Payloads, IReadOnlyList<LeftOut> LeftOut);
