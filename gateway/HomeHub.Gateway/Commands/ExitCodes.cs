namespace HomeHub.Gateway.Commands;

/// <summary>Exit status of every command; scripts are built on it.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed while running.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration; the message names the option or key.</summary>
    public const int Usage = 2;
}
