namespace HomeHub.Core.Sessions;

/// <summary>What a device can delete of its stored records at once.</summary>
public enum DeletionScope : byte
{
    /// <summary>Nothing that is known of.</summary>
    None,

    /// <summary>The records up to a number (Glucose Service 1.0.1, 3.4; CGM Service 1.0.2, 3.5).</summary>
    UpToNumber,

    /// <summary>All of them and nothing less (Pulse Oximeter Service 1.0.1, 3.4).</summary>
    All,
}
