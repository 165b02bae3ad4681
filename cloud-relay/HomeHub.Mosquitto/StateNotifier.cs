using System.Threading.Channels;

namespace HomeHub.Mosquitto;

/// <summary>Hands state changes to the handlers, one at a time and in order, on the thread pool: the loop's thread never waits for a handler.</summary>
internal sealed class StateNotifier
{
    private readonly Channel<MosquittoStateEventArgs> _changes = Channel.CreateUnbounded<MosquittoStateEventArgs>(new() { SingleReader = true });
    private readonly Task _pump;

    public StateNotifier(Action<MosquittoStateEventArgs> raise) => _pump = PumpAsync(raise);

    public void Post(MosquittoStateEventArgs change) => _changes.Writer.TryWrite(change);

    /// <summary>Hands over the last changes. An exception out of a handler comes to light here.</summary>
    public Task CompleteAsync()
    {
        _changes.Writer.TryComplete();
        return _pump;
    }

    private async Task PumpAsync(Action<MosquittoStateEventArgs> raise)
    {
        await foreach (var change in _changes.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            raise(change);
        }
    }
}
