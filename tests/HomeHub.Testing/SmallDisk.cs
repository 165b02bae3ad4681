using System.ComponentModel;
using System.Diagnostics;

namespace HomeHub.Testing;

/// <summary>A small disk of its own: a tmpfs, or a file with a file system in it, which only root may mount on Linux.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    private SmallDisk(string folder) => (Folder, _ballast) = (folder, Path.Combine(folder, "ballast"));

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Mounts one; null where that can't be done.</summary>
    /// <param name="folder">Where, an empty folder.</param>
    /// <param name="options">As <c>mount -o</c> takes them.</param>
    public static SmallDisk? TryMount(string folder, string options) =>
        OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder) ? new SmallDisk(folder) : null;

    /// <summary>Mounts a file with an ext4 in it; null where that can't be done.</summary>
    /// <param name="folder">Where, an empty folder.</param>
    /// <param name="image">The file, which is made.</param>
    public static SmallDisk? TryMountFile(string folder, string image)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        using (FileStream file = File.Create(image))
        {
            file.SetLength(32 * 1024 * 1024);
        }

        return Run("mkfs.ext4", "-q", image) && Run("mount", "-o", "loop", image, folder) ? new SmallDisk(folder) : null;
    }

    /// <summary>Leaves no block free, or so many octets.</summary>
    public void Fill(long free = 0)
    {
        using FileStream file = new(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (free == 0 || new DriveInfo(Folder).AvailableFreeSpace > free)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full, as asked.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(_ballast);

    /// <summary>Has it take nothing any more; false where that can't be done.</summary>
    public bool TryMakeReadOnly() => Run("mount", "-o", "remount,ro", Folder);

    /// <summary>Has the kernel make an ext4 read-only under the files that are open, as it does after errors of the disk; false where that can't be done.</summary>
    public bool TryAbort() => Run("mount", "-o", "remount,abort", Folder);

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", Folder);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
