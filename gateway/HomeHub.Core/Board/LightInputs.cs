namespace HomeHub.Core.Board;

/// <summary>How the hub is, as far as its light tells it.</summary>
public sealed record LightInputs
{
    /// <summary>Whether a pairing window is open, or a network reset waits for its confirmation.</summary>
    public bool WaitsForPerson { get; init; }

    /// <summary>Whether the broker is reached.</summary>
    public bool IsBrokerReached { get; init; } = true;

    /// <summary>Whether Bluetooth is wanted and can't be used.</summary>
    public bool IsRadioAway { get; init; }

    /// <summary>Whether what devices tell is held.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Whether the buffer takes no more.</summary>
    public bool IsStorageFull { get; init; }

    /// <summary>What others found that needs a person, told at once for as long as it stands here: the place for whatever looks at the hub by itself.</summary>
    public IReadOnlyCollection<AttentionReason> Found { get; init; } = [];
}
