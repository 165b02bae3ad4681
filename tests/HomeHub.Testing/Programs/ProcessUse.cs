using System.Globalization;

namespace HomeHub.Testing.Programs;

/// <summary>What a process has of what can run out, by /proc.</summary>
/// <param name="Threads">Its threads.</param>
/// <param name="Files">Its open files, sockets among them; without parts of the program itself, which are loaded when they are first used.</param>
/// <param name="Sockets">Its open sockets.</param>
/// <param name="WrittenBytes">
/// Bytes that it has had written to disks so far (<c>write_bytes</c>): what of the page cache it made dirty, in whole pages of 4 KiB, once more for each time that a page was clean again. Not
/// what the file system writes on its own account, as its journal.
/// </param>
public sealed record ProcessUse(int Threads, int Files, int Sockets, long WrittenBytes)
{
    /// <summary>Reads it.</summary>
    public static ProcessUse Read(int process)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        string[] files = [.. Directory.GetFiles(folder + "/fd").Select(TargetOf).OfType<string>().Where(file => !file.EndsWith(".dll", StringComparison.Ordinal))];
        return new ProcessUse(
            (int)Field(folder + "/status", "Threads:"), files.Length, files.Count(file => file.Contains("socket:", StringComparison.Ordinal)), Field(folder + "/io", "write_bytes:"));
    }

    private static string? TargetOf(string file)
    {
        try
        {
            return new FileInfo(file).LinkTarget;
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return null;
        }
    }

    private static long Field(string file, string name) =>
        long.Parse(File.ReadLines(file).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim(), CultureInfo.InvariantCulture);
}
