using HomeHub.Core.Buffering;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Status;

/// <summary>How a hub is, seen from beside it.</summary>
/// <param name="Counts">What is in the buffer.</param>
/// <param name="Hub">Name of the hub in topics; null when it never ran.</param>
/// <param name="Run">What the running hub told; null when none runs, or the last one was killed.</param>
/// <param name="Held">Payloads that wait until the hub knows its time and place.</param>
/// <param name="Silence">Who is silent for longer than expected; null while the hub's clock is not known, which can't tell.</param>
internal sealed record HubStatus(BufferCounts Counts, Guid? Hub, RunState? Run, long Held = 0, DeviceSilence? Silence = null)
{
    /// <summary>That its history moved to another hub; null: it did not.</summary>
    public MovedHub? Moved { get; init; }

    /// <summary><c>connected</c>, <c>disconnected</c>, or <c>stopped</c> when the hub does not run.</summary>
    public string Broker => Run switch
    {
        null => "stopped",
        { IsConnected: true } => "connected",
        _ => "disconnected",
    };
}
