using System.Globalization;
using System.Runtime.InteropServices;
using HomeHub.Core.Time;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// What Linux knows of its time: the kernel's synchronisation state (adjtimex), which a time service keeps, or the mark of systemd-timesyncd; how long it runs.
/// </summary>
/// <param name="trustsAlways">Whether the site vouches for the clock: there is one that runs while the board is off, or no time service to ask.</param>
internal sealed partial class SystemHubClock(bool trustsAlways) : IHubClock
{
    private const string SynchronisedMark = "/run/systemd/timesync/synchronized";

    /// <summary>TIME_ERROR of timex.h: the clock is not synchronised.</summary>
    private const int NotSynchronised = 5;

    /// <summary>struct timex, with room to spare; all zero: only asked.</summary>
    private const int TimexBytes = 256;

    private bool _wasKnown = trustsAlways;

    /// <inheritdoc/>
    public bool IsTimeKnown => _wasKnown = _wasKnown || File.Exists(SynchronisedMark) || IsKernelSynchronised();

    /// <inheritdoc/>
    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <inheritdoc/>
    public TimeSpan Uptime
    {
        get
        {
            string text = File.ReadAllText("/proc/uptime");
            return TimeSpan.FromSeconds(double.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture));
        }
    }

    private static bool IsKernelSynchronised()
    {
        Span<byte> timex = stackalloc byte[TimexBytes];
        timex.Clear();
        return Adjust(ref MemoryMarshal.GetReference(timex)) is >= 0 and not NotSynchronised;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(ref byte timex);
}
