namespace HomeHub.Core.Board;

/// <summary>How the hub is, in a word that a buzzer can say.</summary>
public enum StatusWord
{
    /// <summary>All is well.</summary>
    AllWell,

    /// <summary>Readings are safe here and wait for the network.</summary>
    WaitsForNetwork,

    /// <summary>Something needs a person.</summary>
    NeedsPerson,
}
