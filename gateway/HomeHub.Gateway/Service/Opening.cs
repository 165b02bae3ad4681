using HomeHub.Core.Liveness;

namespace HomeHub.Gateway.Service;

/// <summary>
/// The hub on its way to being ready: files are checked, brought to the form of this version, carried over after damage, which may take its time on a memory card. It goes on while the process reads and
/// writes, which tells work from a hang without a word of whoever works.
/// </summary>
internal sealed class Opening : IDisposable
{
    /// <summary>Longest time without progress.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The same where progress can't be told.</summary>
    public static readonly TimeSpan BlindLimit = TimeSpan.FromMinutes(15);

    /// <summary>Longest time that all of it may take; a hub that reads the same over and over is started again at last.</summary>
    public static readonly TimeSpan WorkLimit = TimeSpan.FromHours(2);

    /// <summary>Octets that are progress: more than what a process reads and writes that waits, to look at itself.</summary>
    public const long ProgressOctets = 64 * 1024;

    private readonly LoopPulse _pulse;
    private readonly Func<long?> _octets;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private long _last;

    private Opening(LoopPulse pulse, Func<long?> octets, TimeProvider time) =>
        (_pulse, _octets, _time, _begun, _last) = (pulse, octets, time, time.GetTimestamp(), octets() ?? 0);

    /// <summary>Begins.</summary>
    /// <param name="liveness">Where it is looked at.</param>
    /// <param name="octets">How many octets the process has read and written by now; null where that can't be told.</param>
    /// <param name="time">The clock.</param>
    public static Opening Begin(HubLiveness liveness, Func<long?> octets, TimeProvider time) =>
        new(liveness.Add("opening", octets() is null ? BlindLimit : Limit), octets, time);

    /// <summary>Looks whether there was progress.</summary>
    public void Look()
    {
        if (_octets() is { } now && now - _last >= ProgressOctets && _time.GetElapsedTime(_begun) < WorkLimit)
        {
            _last = now;
            _pulse.Beat();
        }
    }

    public void Dispose() => _pulse.Dispose();
}
