using HomeHub.Core.Holding;

namespace HomeHub.Gateway.Hub;

/// <summary>Whether what devices tell is held.</summary>
/// <param name="Why">Gives the reason; null while nothing is held.</param>
/// <param name="Count">Gives how many payloads are held.</param>
internal sealed record HoldingState(Func<HoldReason?> Why, Func<long> Count);
