using System.Globalization;

namespace HomeHub.Gateway.Service;

/// <summary>How much this process has read and written, by its calls to the kernel: files and pipes, from the disk or from memory (proc(5), <c>/proc/self/io</c>).</summary>
internal static class ProcessOctets
{
    private const string File = "/proc/self/io";

    /// <summary>Reads it; null where the system does not tell.</summary>
    public static long? Read()
    {
        try
        {
            return System.IO.File.ReadLines(File).Where(line => line.StartsWith("rchar:", StringComparison.Ordinal) || line.StartsWith("wchar:", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.AsSpan("rchar:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Told by null.
            return null;
        }
    }
}
