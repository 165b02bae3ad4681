namespace HomeHub.BlueZ;

/// <summary>What happened to an interface of an object.</summary>
internal enum ObjectChangeKind
{
    /// <summary>It appeared.</summary>
    Added,

    /// <summary>Properties changed.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Removed,
}
