using System.Text;

namespace HomeHub.Hardware.Climate;

/// <summary>An attribute of the kernel: one short line.</summary>
internal static class SysfsFile
{
    /// <summary>Longest attribute that is read, in bytes, with the end of its line.</summary>
    public const int MaxBytes = 64;

    /// <summary>The line without its end.</summary>
    /// <exception cref="IOException">It can't be read, or is no whole line: the kernel ends each with a line feed.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no right to read it.</exception>
    public static string Read(string path)
    {
        // Without a buffer: each read asks the driver, and the sensor behind it.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> bytes = stackalloc byte[MaxBytes];
        int length = 0, read;
        do
        {
            read = file.Read(bytes[length..]);
            length += read;
        }
        while (read > 0 && length < MaxBytes && bytes[length - 1] != '\n');

        return length > 0 && bytes[length - 1] == '\n' && bytes[..(length - 1)].IndexOf((byte)'\n') < 0
            ? Encoding.UTF8.GetString(bytes[..(length - 1)]).Trim()
            : throw new IOException("No whole line.");
    }
}
