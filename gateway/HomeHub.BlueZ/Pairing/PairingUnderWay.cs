using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Pairing;

/// <summary>A pairing that a person asked for, while it runs.</summary>
/// <param name="Address">The peripheral.</param>
/// <param name="Path">Its object.</param>
/// <param name="Prompt">The person.</param>
/// <param name="Ended">Cancelled when the pairing is over; open questions end then.</param>
internal sealed record PairingUnderWay(string Address, string Path, IPairingPrompt Prompt, CancellationToken Ended)
{
    /// <summary>Whether the person was asked or shown something.</summary>
    public bool WasAsked { get; set; }

    /// <summary>Whether the person refused.</summary>
    public bool WasRefused { get; set; }
}
