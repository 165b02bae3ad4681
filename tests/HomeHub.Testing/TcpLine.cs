using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HomeHub.Testing;

/// <summary>A line to a loopback port that can be cut and mended: whoever connects to <see cref="Port"/> is connected through, until <see cref="Cut"/>.</summary>
public sealed class TcpLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;
    private volatile bool _cut;

    public TcpLine(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The near end, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Breaks every connection, without a goodbye, and each new one at once.</summary>
    public void Cut()
    {
        _cut = true;
        Break();
    }

    /// <summary>Lets new connections through again.</summary>
    public void Mend() => _cut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Break();
        await _accepting;
        _end.Dispose();
    }

    private void Break()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close(0);
        }
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _open[near] = _open[far] = true;
        try
        {
            if (_cut)
            {
                return;
            }

            await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            near.NoDelay = far.NoDelay = true;
            await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end has gone: so does the other, below.
        }
        finally
        {
            _open.TryRemove(near, out _);
            _open.TryRemove(far, out _);
            near.Close(0);
            far.Close(0);
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var bytes)
            {
                for (var sent = 0; sent < bytes;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, bytes - sent), _end.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The line is broken; the caller ends both ends.
        }
    }
}
