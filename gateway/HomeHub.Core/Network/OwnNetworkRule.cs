namespace HomeHub.Core.Network;

/// <summary>
/// When the hub opens a network of its own, and when it closes it. By itself only at the first visit, so that a home without a network is left in peace afterwards; and whenever the nurse
/// asks for it. Not for several threads. Times are those since any start, monotonic.
/// </summary>
public sealed class OwnNetworkRule
{
    /// <summary>How long no other network is there before it is opened: cables and modems take a while, and so does hearing what networks are around.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>How long it stays beside another network that came up: whoever is on it reads on the page where the hub is from now on.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>How long it is closed so that networks can be listened for: an adapter that is an access point hears none.</summary>
    public static readonly TimeSpan ListenTime = TimeSpan.FromSeconds(20);

    /// <summary>How long it stays open where the nurse asked for it.</summary>
    public static readonly TimeSpan AskedTime = TimeSpan.FromHours(1);

    /// <summary>Wait before it is opened again that could not be opened.</summary>
    public static readonly TimeSpan RetryWait = TimeSpan.FromSeconds(30);

    private (bool HasLink, TimeSpan Since)? _link;
    private TimeSpan _listensUntil = TimeSpan.MinValue, _notBefore = TimeSpan.MinValue;
    private TimeSpan? _askedUntil;

    /// <summary>Whether a network is being joined: nothing is opened or closed meanwhile.</summary>
    public bool IsJoining { get; private set; }

    /// <summary>What is to be done.</summary>
    public OwnNetworkStep Decide(OwnNetworkFacts facts, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (_link?.HasLink != facts.HasLink)
        {
            _link = (facts.HasLink, now);
        }

        if (IsJoining)
        {
            return OwnNetworkStep.Stay;
        }

        bool isOpen = facts.Condition == OwnNetworkCondition.Open, isWanted = IsWanted(facts, isOpen, now);
        return isOpen ? isWanted ? OwnNetworkStep.Stay : OwnNetworkStep.Close
            : isWanted && facts.Condition == OwnNetworkCondition.Closed && now >= _notBefore ? OwnNetworkStep.Open : OwnNetworkStep.Stay;
    }

    /// <summary>Whether the nurse has asked for it.</summary>
    public bool IsAsked(TimeSpan now) => now < _askedUntil;

    /// <summary>The nurse asks for it.</summary>
    public void Ask(TimeSpan now) => (_askedUntil, _notBefore) = (now + AskedTime, now);

    /// <summary>The nurse asks for it no more.</summary>
    public void EndAsking() => _askedUntil = null;

    /// <summary>Networks are to be listened for.</summary>
    public void Listen(TimeSpan now) => _listensUntil = now + ListenTime;

    /// <summary>It could not be opened.</summary>
    public void Failed(TimeSpan now) => _notBefore = now + RetryWait;

    /// <summary>A network is being joined; that ends the hub's own.</summary>
    public void BeginJoin() => IsJoining = true;

    /// <summary>The joining has ended. Where it failed, the hub's own is opened again at once, for nobody could reach the hub otherwise.</summary>
    public void EndJoin(bool isJoined, TimeSpan now)
    {
        IsJoining = false;
        if (isJoined)
        {
            // Its address shows a moment later.
            (_askedUntil, _link) = (null, (false, now));
        }
    }

    private bool IsWanted(OwnNetworkFacts facts, bool isOpen, TimeSpan now)
    {
        TimeSpan lasts = now - _link!.Value.Since;
        return now >= _listensUntil
            && (IsAsked(now) || (facts.HasLink ? isOpen && lasts < Grace : facts.IsFirstVisit && (isOpen || lasts >= Patience)));
    }
}
