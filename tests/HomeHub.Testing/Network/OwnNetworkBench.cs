using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>A machine with a wireless adapter: what a contract test needs to play it.</summary>
public abstract class OwnNetworkBench : IAsyncDisposable
{
    /// <summary>What is opened.</summary>
    public static readonly OwnNetwork Network = new("HomeHub-AB12", "ACDE-FGHJ-KM34-NPQR");

    /// <summary>The port under test.</summary>
    public abstract IOwnNetwork Port { get; }

    /// <summary>Name of what is open; null: nothing.</summary>
    public abstract string? Open { get; }

    /// <summary>Whether the adapter can be an access point.</summary>
    public abstract void BeAble(bool isAble);

    /// <summary>It fails from now on.</summary>
    public abstract void Fail();

    /// <summary>Another network is joined by the same adapter.</summary>
    public abstract Task JoinAnotherAsync();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
