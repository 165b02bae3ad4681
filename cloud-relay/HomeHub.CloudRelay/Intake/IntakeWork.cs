using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Intake;

/// <summary>A Bundle between reading and writing.</summary>
/// <param name="Incoming">As it came.</param>
/// <param name="Parsed">What was read of it; goes back to the pool after the commit.</param>
/// <param name="Reason">Why it is refused already; null when the store decides.</param>
/// <param name="Bytes">Length of its JSON.</param>
/// <param name="ArrivedAt">Timestamp of <see cref="TimeProvider"/> at which it came.</param>
internal sealed record IntakeWork(IncomingBundle Incoming, ParsedBundle Parsed, ReasonCode? Reason, int Bytes, long ArrivedAt);
