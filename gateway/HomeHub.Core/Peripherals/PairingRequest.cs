using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>A pairing that a person asked for.</summary>
public sealed record PairingRequest
{
    /// <summary>Address of the peripheral.</summary>
    public required string Address { get; init; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; init; }

    /// <summary>Who is asked for passkeys and comparisons.</summary>
    public required IPairingPrompt Prompt { get; init; }

    /// <summary>Whether a bond by LE legacy pairing, or one whose kind the system does not tell, is accepted.</summary>
    public bool AllowLegacy { get; init; }

    /// <summary>Longest time that all of it may take, the person included.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);
}
