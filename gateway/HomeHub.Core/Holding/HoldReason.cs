namespace HomeHub.Core.Holding;

/// <summary>Why payloads are held. On the outside in kebab-case.</summary>
public enum HoldReason
{
    /// <summary>The hub's clock was not synchronised since the system started.</summary>
    TimeNotKnown,

    /// <summary>Nobody has said in which time zone the home is.</summary>
    TimeZoneNotSet,
}
