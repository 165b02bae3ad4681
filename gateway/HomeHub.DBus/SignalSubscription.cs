namespace HomeHub.DBus;

/// <summary>Somebody who takes signals.</summary>
internal sealed class SignalSubscription(DBusConnection connection, DBusMatch match, Action<DBusSignal> handler) : IAsyncDisposable
{
    private int _isEnded;

    public DBusMatch Match { get; } = match;

    /// <summary>Unique name of who may send, when the match names a sender; null: nobody now.</summary>
    public volatile string? Owner;

    /// <summary>Follows the owner of a well-known name.</summary>
    public IAsyncDisposable? OwnerWatch { get; set; }

    public bool Takes(DBusSignal signal) => (Match.Sender is null || signal.Sender == Owner) && Match.Fits(signal);

    public void Give(DBusSignal signal) => handler(signal);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        try
        {
            await connection.RemoveAsync(this).ConfigureAwait(false);
        }
        catch (DBusException) when (connection.Closed.IsCompleted)
        {
            // With the connection everything that was subscribed has ended.
        }

        if (OwnerWatch is not null)
        {
            await OwnerWatch.DisposeAsync().ConfigureAwait(false);
        }
    }
}
