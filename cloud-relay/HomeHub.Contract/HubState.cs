namespace HomeHub.Contract;

/// <summary>Whether a hub is connected.</summary>
public enum HubState
{
    /// <summary><c>online</c>: birth message, and every status after it.</summary>
    Online,

    /// <summary><c>offline</c>: Last Will, and the message before an orderly end.</summary>
    Offline,
}
