namespace HomeHub.Core.Setup;

/// <summary>What came of a pairing window.</summary>
public enum PairingWindowEnd
{
    /// <summary>A device is set up; it is nobody's.</summary>
    Paired,

    /// <summary>No device that could be paired so was heard.</summary>
    NothingHeard,

    /// <summary>More than one was: none was paired, as it can't be known which is meant.</summary>
    Several,

    /// <summary>The one that was heard did not pair, wanted a number, or could not be noted.</summary>
    NotPaired,
}
