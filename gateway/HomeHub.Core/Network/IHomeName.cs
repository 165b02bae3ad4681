namespace HomeHub.Core.Network;

/// <summary>
/// Port: has the hub's name and the port of its pages told on the home network, so that a phone finds <c>homehub-1a2b.local</c>. Works on by itself until it is
/// disposed of; where the system tells no names the hub works on without.
/// </summary>
public interface IHomeName : IAsyncDisposable
{
    /// <summary>How it stands.</summary>
    HomeNameState State { get; }
}
