namespace HomeHub.Core.Network;

/// <summary>How it stands with wireless networks.</summary>
/// <param name="Condition">Whether networks can be joined here.</param>
/// <param name="Networks">The networks that were heard, the one that is joined first, then the strongest; each name once. Empty unless <see cref="WifiCondition.Ready"/>.</param>
public sealed record WifiState(WifiCondition Condition, IReadOnlyList<WifiNetwork> Networks)
{
    /// <summary>A state without networks.</summary>
    public static WifiState Without(WifiCondition condition) => new(condition, []);
}
