namespace HomeHub.Web.Setup;

/// <summary>The steps by which a hub is installed in a home, in their order. In addresses and settings in kebab-case.</summary>
public enum SetupStep
{
    /// <summary>Language of the pages and the home's time zone.</summary>
    Place,

    /// <summary>The home network.</summary>
    Network,

    /// <summary>The way to the care team.</summary>
    Connection,

    /// <summary>Who lives here.</summary>
    People,

    /// <summary>The devices.</summary>
    Devices,

    /// <summary>The clocks of the devices.</summary>
    Clocks,

    /// <summary>What each person lets go to whom.</summary>
    Consent,

    /// <summary>What the person sees.</summary>
    Patient,

    /// <summary>All that was set up, to be printed.</summary>
    Summary,
}
