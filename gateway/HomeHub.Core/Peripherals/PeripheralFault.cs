namespace HomeHub.Core.Peripherals;

/// <summary>What went wrong with a peripheral, as far as it can be told.</summary>
public enum PeripheralFault
{
    /// <summary>Something that fits none of the others; the message says what.</summary>
    Failed,

    /// <summary>The radio is not ready: no adapter, no service, no permission.</summary>
    NoRadio,

    /// <summary>It was not heard, or did not answer the connection.</summary>
    NotReachable,

    /// <summary>The link went while something was under way.</summary>
    Disconnected,

    /// <summary>It did not answer in time.</summary>
    TimedOut,

    /// <summary>Another connection or procedure is under way; later it may work.</summary>
    InProgress,

    /// <summary>The peripheral does not permit it (ATT 0x02, 0x03, 0x08).</summary>
    NotPermitted,

    /// <summary>It wants a bond, or a stronger one (ATT 0x05, 0x0C, 0x0F).</summary>
    InsufficientSecurity,

    /// <summary>One side has lost the keys of the bond: it must be paired again.</summary>
    BondLost,

    /// <summary>What is remembered of its services is no longer true, as after a change of its firmware (ATT 0x01, 0x0A).</summary>
    StaleServices,

    /// <summary>It answered with an error of its profile (ATT 0x80 to 0xFF); see <see cref="PeripheralException.AttError"/>.</summary>
    ProfileError,

    /// <summary>A person, the peripheral or a rule of the hub refused the pairing, or the passkey was wrong.</summary>
    PairingRejected,

    /// <summary>The bond came about by LE legacy pairing, or the system does not tell how, and that was not allowed.</summary>
    LegacyPairing,

    /// <summary>Links of a bonded peripheral go before it answers anything, again and again, and the system does not tell why: a side may have lost the keys.</summary>
    BondDoubtful,

    /// <summary>It did not accept the code by which it lets the hub have a user's records.</summary>
    ConsentRefused,
}
