using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>What a request to the memory gives: records first, then the answer on the control point.</summary>
internal sealed class RecordReply(IReadOnlyList<SimulatedPayload> payloads, byte[] answer)
{
    /// <summary>Records and their contexts, oldest first.</summary>
    public IReadOnlyList<SimulatedPayload> Payloads { get; } = payloads;

    /// <summary>What is indicated at the end.</summary>
    public byte[] Answer { get; } = answer;

    /// <summary>Cancelled when it is stopped before its end.</summary>
    public CancellationTokenSource Aborted { get; } = new();
}
