namespace HomeHub.CloudRelay.Commands;

/// <summary>The relay can't run as it is configured: exit status 2.</summary>
/// <param name="key">The key that is wrong.</param>
/// <param name="problem">What is wrong with it.</param>
internal sealed class ConfigurationException(string key, string problem) : Exception($"{key}: {problem}")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
