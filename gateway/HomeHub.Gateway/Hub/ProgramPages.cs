using System.Globalization;
using System.Runtime.InteropServices;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// The pages of program files that are mapped to be executed, or shared to be read: the runtime's, its libraries' with what describes them, the C library's.
/// Most of them were needed once, at the start or in a burst, and stay resident for as long as nobody else wants the room. They are clean, so
/// letting them go loses nothing: the first touch brings a page back from the page cache, or from the file.
/// </summary>
internal static partial class ProgramPages
{
    private const int DontNeed = 4; // MADV_DONTNEED of mman.h
    private const string Maps = "/proc/self/smaps";

    /// <summary>Lets the clean pages go; does nothing where the kernel does not tell the mappings.</summary>
    /// <returns>How many mappings.</returns>
    public static int Release()
    {
        if (!File.Exists(Maps))
        {
            return 0;
        }

        int released = 0;
        foreach ((nuint start, nuint length) in FindClean(File.ReadLines(Maps)))
        {
            released += Advise(start, length, DontNeed) == 0 ? 1 : 0;
        }

        return released;
    }

    /// <summary>
    /// Mappings of program files that may be executed, or read by all who share them, and not written, and of which no page was ever changed: a page
    /// that was (a patched one) exists nowhere else and is not touched. A database, which is no program file, is not among them.
    /// </summary>
    internal static List<(nuint Start, nuint Length)> FindClean(IEnumerable<string> smaps)
    {
        var clean = new List<(nuint, nuint)>();
        (nuint Start, nuint Length)? candidate = null;
        foreach (string line in smaps)
        {
            string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length >= 5 && parts[0].Contains('-', StringComparison.Ordinal))
            {
                candidate = parts.Length >= 6 && IsProgram(parts[1], parts[5]) ? Read(parts[0]) : null;
            }
            else if (candidate is not null && parts.Length >= 2 && parts[0] is "Private_Dirty:" or "Shared_Dirty:" or "Anonymous:" && parts[1] != "0")
            {
                candidate = null;
            }
            else if (candidate is { } found && parts[0] == "VmFlags:")
            {
                clean.Add(found);
                candidate = null;
            }
        }

        return clean;
    }

    private static bool IsProgram(string rights, string path) =>
        (rights == "r-xp" && path.StartsWith('/')) || (rights == "r--s" && path.EndsWith(".dll", StringComparison.Ordinal));

    private static (nuint Start, nuint Length) Read(string range)
    {
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        var start = nuint.Parse(range.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var end = nuint.Parse(range.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return (start, end - start);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
