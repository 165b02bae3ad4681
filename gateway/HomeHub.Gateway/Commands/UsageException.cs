namespace HomeHub.Gateway.Commands;

/// <summary>The command was called or configured wrongly: exit status 2. The message names the option or the configuration key.</summary>
internal sealed class UsageException(string message) : Exception(message);
