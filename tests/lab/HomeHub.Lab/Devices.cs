using System.Runtime.InteropServices;

namespace HomeHub.Lab;

/// <summary>The system calls by which a program plays a device for the kernel.</summary>
internal static unsafe partial class Devices
{
    public const int ReadWrite = 2, NonBlocking = 0x800;

    private const string Library = "libc";

    /// <summary>Opens a file of the kernel.</summary>
    public static int Open(string path, int flags)
    {
        int descriptor = OpenFile(path, flags);
        return descriptor >= 0 ? descriptor : throw new IOException($"{path} can't be opened: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>ioctl(2) with a number.</summary>
    public static void Control(int descriptor, uint request, nint argument)
    {
        if (Ioctl(descriptor, request, argument) < 0)
        {
            throw new IOException($"ioctl {request:X} failed: error {Marshal.GetLastPInvokeError()}");
        }
    }

    public static void Write(int descriptor, ReadOnlySpan<byte> octets)
    {
        fixed (byte* first = octets)
        {
            if (Write(descriptor, first, (nuint)octets.Length) != octets.Length)
            {
                throw new IOException($"write failed: error {Marshal.GetLastPInvokeError()}");
            }
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>How much; 0 or less: nothing.</returns>
    public static int Read(int descriptor, Span<byte> into)
    {
        fixed (byte* first = into)
        {
            return (int)Read(descriptor, first, (nuint)into.Length);
        }
    }

    public static void Close(int descriptor)
    {
        if (CloseFile(descriptor) < 0)
        {
            throw new IOException($"close failed: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int descriptor);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, nint argument);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* buffer, nuint count);
}
