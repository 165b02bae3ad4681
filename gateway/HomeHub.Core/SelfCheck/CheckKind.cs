namespace HomeHub.Core.SelfCheck;

/// <summary>What the hub looks at of itself.</summary>
public enum CheckKind
{
    /// <summary>The files in which readings and decisions are kept.</summary>
    Database,

    /// <summary>The disk on which they lie.</summary>
    Disk,

    /// <summary>The hub's clock.</summary>
    Clock,

    /// <summary>The certificates of the way to the care team, and of the pages.</summary>
    Certificates,

    /// <summary>The Bluetooth adapter.</summary>
    Adapter,
}
