using HomeHub.Contract;

namespace HomeHub.CloudRelay.Intake;

/// <summary>A Bundle as the broker delivered it.</summary>
/// <param name="Topic">Hub, recipient, Bundle id and encoding.</param>
/// <param name="Payload">The payload as received.</param>
internal sealed record IncomingBundle(BundleTopic Topic, ReadOnlyMemory<byte> Payload);
