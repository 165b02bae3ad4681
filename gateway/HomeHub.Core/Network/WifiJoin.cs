namespace HomeHub.Core.Network;

/// <summary>What came of joining a wireless network.</summary>
public enum WifiJoin
{
    /// <summary>The hub is in it and has an address.</summary>
    Joined,

    /// <summary>No passphrase can be so: it has 8 to 63 letters, digits and signs, or 64 hex digits.</summary>
    PassphraseForm,

    /// <summary>The network did not accept the passphrase.</summary>
    WrongPassphrase,

    /// <summary>The network is not heard any more.</summary>
    NotHeard,

    /// <summary>The network gave no address.</summary>
    NoAddress,

    /// <summary>It was not done in time.</summary>
    TimedOut,

    /// <summary>The network is of a kind that is not joined from here: <see cref="WifiSecurity.Account"/>, <see cref="WifiSecurity.Outdated"/>.</summary>
    NotSupported,

    /// <summary>The system does not let the hub do it.</summary>
    NotPermitted,

    /// <summary>Networks can't be joined now, see <see cref="WifiState.Condition"/>.</summary>
    NotReady,

    /// <summary>Something else; the system's log says more.</summary>
    Failed,
}
