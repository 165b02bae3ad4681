using System.Runtime.InteropServices;

namespace HomeHub.Hardware.Kernel;

/// <summary>The system calls that devices need, by the C library: open(2), ioctl(2), read(2), write(2), poll(2), eventfd(2), close(2).</summary>
internal static unsafe partial class LibC
{
    public const int ReadOnly = 0, ReadWrite = 2, NonBlocking = 0x800, CloseOnExec = 0x80000;

    public const short PollIn = 1;

    /// <summary>Error numbers of asm-generic/errno.h: EPERM, ENOENT, EINTR, ENXIO, EAGAIN, EACCES, EBUSY, ENODEV, EINVAL, ENOTSUPP, EOPNOTSUPP.</summary>
    public const int NotPermitted = 1, NoEntry = 2, Interrupted = 4, NoSuchDeviceOrAddress = 6, Again = 11, AccessDenied = 13, Busy = 16, NoDevice = 19, Invalid = 22, NotSupportedByKernel = 524, NotSupported = 95;

    private const string Library = "libc";

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    /// <summary>errno of the call before.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    // ioctl takes a variable list of arguments, which the calling conventions of the architectures that the hub runs on (x86-64, arm64 Linux) pass as fixed ones.
    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(int fd, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);
}
