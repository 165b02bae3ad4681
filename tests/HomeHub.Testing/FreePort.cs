using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace HomeHub.Testing;

/// <summary>
/// Ports for programs that are stopped and started again: below those that the system gives to connections by itself (Linux: from 32768 on), so that none of the many that other tests open has
/// the port when its program comes back.
/// </summary>
public static class FreePort
{
    private const int First = 20_000, End = 30_000;

    private static readonly ConcurrentDictionary<int, bool> Taken = new();

    /// <summary>A port of loopback that is free, and that nobody of this process was given before.</summary>
    public static int Take()
    {
        while (true)
        {
            int port = RandomNumberGenerator.GetInt32(First, End);
            if (Taken.TryAdd(port, true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
