using System.Runtime.InteropServices;

namespace HomeHub.Mosquitto.Native;

/// <summary>Loads and initialises the library once, or says which package to install.</summary>
internal static class NativeLibraryCheck
{
    private static readonly Lazy<Version> Loaded = new(() =>
    {
        Load(LibMosquitto.Name);
        _ = LibMosquitto.LibInit();
        _ = LibMosquitto.LibVersion(out var major, out var minor, out var revision);
        return major >= 2
            ? new Version(major, minor, revision)
            : throw new MosquittoException($"libmosquitto {major}.{minor}.{revision} is too old: 2.0 or newer is needed (Debian package libmosquitto1).");
    });

    /// <exception cref="MosquittoException">The library is missing or too old.</exception>
    public static Version EnsureLoaded() => Loaded.Value;

    internal static void Load(string name)
    {
        if (!NativeLibrary.TryLoad(name, typeof(NativeLibraryCheck).Assembly, null, out _))
        {
            throw new MosquittoException($"{name} was not found. Install the Debian package libmosquitto1: apt install libmosquitto1");
        }
    }
}
