namespace HomeHub.Core.Liveness;

/// <summary>How a loop of the hub stands.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Silent">Time since its last word; zero while it rests.</param>
/// <param name="Limit">Longest time without one.</param>
/// <param name="Excuse">Why it can't do its work, as it said last; null where it goes on.</param>
public sealed record LoopState(string Name, TimeSpan Silent, TimeSpan Limit, string? Excuse)
{
    /// <summary>Whether it has said nothing for too long.</summary>
    public bool HasStalled => Silent > Limit;
}
