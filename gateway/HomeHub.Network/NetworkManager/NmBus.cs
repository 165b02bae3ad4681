using HomeHub.DBus;

namespace HomeHub.Network.NetworkManager;

/// <summary>NetworkManager's objects over one connection to the bus, which is opened when it is first needed and again when it has ended.</summary>
internal sealed class NmBus(NmWifiOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private DBusConnection? _connection;

    /// <summary>The connection.</summary>
    /// <exception cref="DBusException">The bus can't be reached.</exception>
    public async Task<DBusConnection> OpenAsync(CancellationToken cancellation)
    {
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_connection is { Closed.IsCompleted: false } open)
            {
                return open;
            }

            if (_connection is { } ended)
            {
                _connection = null;
                await ended.DisposeAsync().ConfigureAwait(false);
            }

            return _connection = await DBusConnection.OpenAsync(options.BusAddress, time, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Calls a method.</summary>
    /// <exception cref="DBusException">It fails, or nobody answers.</exception>
    public async Task<object[]> CallAsync(string path, string @interface, string member, string signature, IReadOnlyList<object> arguments, CancellationToken cancellation)
    {
        DBusConnection connection = await OpenAsync(cancellation).ConfigureAwait(false);
        return await connection.CallAsync(NmNames.Service, path, @interface, member, signature, arguments, options.CallLimit, cancellation).ConfigureAwait(false);
    }

    /// <summary>All properties of an interface of an object.</summary>
    /// <exception cref="DBusException">It fails, or nobody answers.</exception>
    public async Task<IReadOnlyDictionary<string, object>> ReadAsync(string path, string @interface, CancellationToken cancellation) =>
        await CallAsync(path, NmNames.Properties, "GetAll", "s", [@interface], cancellation).ConfigureAwait(false) is [Dictionary<string, object> properties]
            ? properties
            : throw new DBusException(DBusErrors.InconsistentMessage, "NetworkManager's properties can't be read.");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _opening.Dispose();
    }
}
