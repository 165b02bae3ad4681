namespace HomeHub.Core.Board;

/// <summary>What a person says by the button, and how far she is with it.</summary>
public enum ButtonSign
{
    /// <summary>Pressed and let go: how is it?</summary>
    Short,

    /// <summary>Held so long that letting go now opens the pairing window.</summary>
    HeldForPairing,

    /// <summary>Held so long that letting go now asks for the networks to be forgotten.</summary>
    HeldForReset,

    /// <summary>Held so long that letting go does nothing any more: something leans on it.</summary>
    HeldTooLong,

    /// <summary>Let go: open the pairing window.</summary>
    Pairing,

    /// <summary>Let go: the networks are to be forgotten once that is confirmed.</summary>
    ResetAsked,

    /// <summary>Confirmed: forget the networks.</summary>
    ResetConfirmed,

    /// <summary>Not confirmed in time, or taken back: nothing happens.</summary>
    ResetLapsed,
}
