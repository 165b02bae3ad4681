namespace HomeHub.Gateway.Commands;

/// <summary>The command could not do its work: exit status 1. The message is one clear line.</summary>
internal sealed class CommandFailedException(string message, Exception? inner = null) : Exception(message, inner);
