using System.Runtime.InteropServices;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>How much a disk still takes.</summary>
/// <param name="FreeBytes">Bytes that this user may still write.</param>
/// <param name="TotalBytes">Its size in bytes.</param>
/// <param name="FreeInodes">Files that it still takes; null where that can't be told, or is not bounded.</param>
internal sealed partial record DiskRoom(long FreeBytes, long TotalBytes, long? FreeInodes)
{
    /// <summary>struct statvfs of 64-bit Linux, in words of eight bytes: 0 f_bsize, 1 f_frsize, 2 f_blocks, 3 f_bfree, 4 f_bavail, 5 f_files, 6 f_ffree, 7 f_favail; with room to spare.</summary>
    private const int Words = 32;

    private const int Fragment = 1, Blocks = 2, Available = 4, Files = 5, FreeFiles = 7;

    /// <summary>Reads it; null where the system does not tell.</summary>
    public static DiskRoom? Read(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return ReadBytes(folder);
        }

        Span<long> told = stackalloc long[Words];
        told.Clear();
        return Ask(folder, ref MemoryMarshal.GetReference(told)) == 0
            ? new DiskRoom(told[Available] * told[Fragment], told[Blocks] * told[Fragment], told[Files] > 0 ? told[FreeFiles] : null)
            : null;
    }

    private static DiskRoom? ReadBytes(string folder)
    {
        try
        {
            var disk = new DriveInfo(folder);
            return new DiskRoom(disk.AvailableFreeSpace, disk.TotalSize, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statvfs", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(string path, ref long told);
}
