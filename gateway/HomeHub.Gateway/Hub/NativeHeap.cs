using System.Runtime.InteropServices;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// The C library's heap, from which SQLite, libmosquitto and Brotli take theirs. By default glibc keeps what they give back, in an arena for
/// each thread. Where the C library is another one, nothing is done: it is about memory only.
/// </summary>
internal static partial class NativeHeap
{
    private const int ArenaMax = -8; // M_ARENA_MAX of malloc.h

    /// <summary>Lets all threads share one arena; to be called before they start.</summary>
    public static void ShareArena() => Try(static () => _ = SetOption(ArenaMax, 1));

    /// <summary>Gives free pages back to the system.</summary>
    public static void Trim() => Try(static () => _ = Trim(0));

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint keepBytes);

    private static void Try(Action call)
    {
        try
        {
            call();
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc: its heap has no such calls, and the hub works without.
        }
    }
}
