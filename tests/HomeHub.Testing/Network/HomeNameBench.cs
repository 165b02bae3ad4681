using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>A hub's name, and who tells names on the home network: what a contract test needs to play both sides.</summary>
public abstract class HomeNameBench : IAsyncDisposable
{
    /// <summary>The name that the hub would like to have, without <c>.local</c>.</summary>
    public const string Wanted = "homehub-1a2b";

    /// <summary>Port of the pages.</summary>
    public const ushort Port = 8443;

    /// <summary>The port under test; made by <see cref="OpenAsync"/>.</summary>
    public abstract IHomeName Name { get; }

    /// <summary>Begins to have the name told.</summary>
    public abstract Task OpenAsync();

    /// <summary>Address under which a name of this network is found, by whoever asks; null: it is nobody's.</summary>
    public abstract Task<string?> FindAsync(string name);

    /// <summary>Port of the pages that are told on this network; null: none are.</summary>
    public abstract Task<ushort?> FindPagesAsync();

    /// <summary>Somebody else takes a name.</summary>
    public abstract Task TakeAsync(string name);

    /// <summary>Who tells names goes away.</summary>
    public abstract Task StopServiceAsync();

    /// <summary>Who tells names comes (again).</summary>
    public abstract Task StartServiceAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
