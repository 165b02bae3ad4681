namespace HomeHub.Profiles.Catalogue;

/// <summary>How sure it is which model a device is.</summary>
public enum MatchCertainty
{
    /// <summary>Only by its services or its manufacturer specific data.</summary>
    Possible,

    /// <summary>By the beginning of its name.</summary>
    Likely,

    /// <summary>By its whole name, or by the model number that it tells.</summary>
    Certain,
}
