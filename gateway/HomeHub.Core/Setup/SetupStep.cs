namespace HomeHub.Core.Setup;

/// <summary>How far setting a device up has come.</summary>
public enum SetupStep
{
    /// <summary>It is listened for.</summary>
    Listening,

    /// <summary>It was heard, and what it is is known as far as it can be.</summary>
    Heard,

    /// <summary>Hub and device pair.</summary>
    Pairing,

    /// <summary>It told another address with its keys, and is known by that one from now on.</summary>
    AddressChanged,

    /// <summary>It is set up.</summary>
    Done,
}
