using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace HomeHub.Testing.Programs;

/// <summary>A double of the service manager's end of <c>NOTIFY_SOCKET</c>: a real datagram socket, and what was told over it.</summary>
public sealed class ServiceManagerDouble : IDisposable
{
    private const int LongestWord = 4096;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly string? _file;

    /// <summary>Begins to listen.</summary>
    /// <param name="isAbstract">Whether the socket has a name without a file, as some managers use.</param>
    public ServiceManagerDouble(bool isAbstract = false)
    {
        string path = Path.Combine(Path.GetTempPath(), $"homehub-notify-{Guid.NewGuid():N}");
        _file = isAbstract ? null : path;
        Address = isAbstract ? "@" + path : path;
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path : path));
        new Thread(Listen) { IsBackground = true }.Start();
    }

    /// <summary>What <c>NOTIFY_SOCKET</c> has to be.</summary>
    public string Address { get; }

    /// <summary>What was told, in order.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        if (_file is not null)
        {
            File.Delete(_file);
        }
    }

    private void Listen()
    {
        byte[] word = new byte[LongestWord];
        try
        {
            while (true)
            {
                Told.Enqueue(Encoding.UTF8.GetString(word, 0, _socket.Receive(word)));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
