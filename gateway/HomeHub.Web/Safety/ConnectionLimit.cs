using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace HomeHub.Web.Safety;

/// <summary>No address holds more than its part of the connections, so that one guest can't keep everybody else out. Connections above it are closed at once.</summary>
internal sealed class ConnectionLimit(int perAddress)
{
    private readonly ConcurrentDictionary<string, int> _open = new();

    /// <summary>Runs a connection, or closes it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        string address = RemoteAddress.KeyOf((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if (_open.AddOrUpdate(address, 1, (_, open) => open + 1) > perAddress)
        {
            Close(address);
            connection.Abort();
            return;
        }

        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Close(address);
        }
    }

    /// <summary>Counted down, and forgotten with the last one; who came in between is counted anew from one, which lets a few more in and nobody out.</summary>
    private void Close(string address)
    {
        if (_open.AddOrUpdate(address, 0, (_, open) => open - 1) <= 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(address, 0));
        }
    }
}
