namespace HomeHub.Core.Peripherals;

/// <summary>Whether the hub's radio can be used, and if not, why.</summary>
/// <param name="Condition">What it is.</param>
/// <param name="Message">In words, with what to do about it; empty when ready.</param>
/// <param name="Adapter">Name and address of the adapter in use, <c>hci0 00:11:22:33:44:55</c>; null when there is none.</param>
public sealed record CentralState(CentralCondition Condition, string Message = "", string? Adapter = null)
{
    /// <summary>True while peripherals can be scanned for and connected.</summary>
    public bool IsReady => Condition == CentralCondition.Ready;
}
