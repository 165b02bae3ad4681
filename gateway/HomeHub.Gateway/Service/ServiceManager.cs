using System.Globalization;
using System.Net.Sockets;
using System.Text;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Service;

/// <summary>
/// The service manager that started the program, told by datagrams over the socket that <c>NOTIFY_SOCKET</c> names, as sd_notify(3) describes. Without one nothing is told.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;

    private ServiceManager(Socket? socket, TimeSpan? watchdog) => (_socket, Watchdog) = (socket, watchdog);

    /// <summary>Whether there is one.</summary>
    public bool IsThere => _socket is not null;

    /// <summary>Time after which the manager takes the program for dead that has not fed its watchdog; null: it does not.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>The one that the environment names; a socket that can't be reached is an error, for the manager would wait in vain.</summary>
    /// <param name="read">Reads a variable of the environment.</param>
    /// <exception cref="CommandFailedException">The socket is not there; the message names it.</exception>
    public static ServiceManager Find(Func<string, string?> read)
    {
        if (read("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return new ServiceManager(null, null);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // A name that begins with @ is one without a file: it begins with a zero then.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? string.Concat("\0", path.AsSpan(1)) : path));
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new CommandFailedException($"NOTIFY_SOCKET names {path}, which can't be reached: {error.Message}. Whoever started the hub would wait for its word in vain.", error);
        }

        return new ServiceManager(socket, FindWatchdog(read));
    }

    /// <summary>Tells something: lines of <c>NAME=value</c>.</summary>
    /// <exception cref="SocketException">The manager did not take it.</exception>
    public void Tell(string state) => _socket?.Send(Encoding.UTF8.GetBytes(state));

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private static TimeSpan? FindWatchdog(Func<string, string?> read)
    {
        bool isForUs = read("WATCHDOG_PID") is not { Length: > 0 } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        return isForUs && long.TryParse(read("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }
}
