using HomeHub.Core.Network;

namespace HomeHub.Network.Avahi;

/// <summary>What is told on the home network.</summary>
/// <param name="Host">The hub's name without <c>.local</c>: <c>homehub-1a2b</c>.</param>
/// <param name="Service">The name under which browsers of services show the pages.</param>
/// <param name="Port">Port of the pages.</param>
/// <param name="Addresses">Gives the addresses under which the pages can be reached now; asked again every <see cref="LookInterval"/>.</param>
public sealed record AvahiOptions(string Host, string Service, ushort Port, Func<IReadOnlyList<HomeAddress>> Addresses)
{
    /// <summary>Most names with a number that are tried before it is left for a while: two hubs of a name are possible, ten are a network that echoes.</summary>
    public const int MaxAlternatives = 9;

    /// <summary>Address of the message bus; null for the system's.</summary>
    public string? BusAddress { get; init; }

    /// <summary>How often it is looked whether the addresses have changed, and what failed is tried again.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an answer is waited for.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(10);
}
