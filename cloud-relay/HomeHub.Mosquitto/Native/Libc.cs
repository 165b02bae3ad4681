using System.Runtime.InteropServices;

namespace HomeHub.Mosquitto.Native;

/// <summary>What the client's own event loop needs of the C library.</summary>
internal static unsafe partial class Libc
{
    /// <summary>ECONNRESET.</summary>
    public const int ConnectionReset = 104;

    private const int SolSocket = 1;
    private const int SoError = 4;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle fd, ulong* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle fd, ulong* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSockOpt(int socket, int level, int option, int* value, uint* length);

    /// <summary>The error of a connect(2) that went on in the background; 0 when it succeeded.</summary>
    public static int SocketError(int socket)
    {
        var error = 0;
        uint length = sizeof(int);
        return GetSockOpt(socket, SolSocket, SoError, &error, &length) == 0 ? error : Marshal.GetLastPInvokeError();
    }
}
