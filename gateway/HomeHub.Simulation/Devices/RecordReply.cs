using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>What a request to the memory gives: records first, then the answer on the control point.</summary>
internal sealed class RecordReply(IReadOnlyList<SimulatedPayload[]> records, byte[] answer, long upTo = 0)
{
    private volatile bool _isAborted;

    /// <summary>Records with their contexts, oldest first.</summary>
    public IReadOnlyList<SimulatedPayload[]> Records { get; } = records;

    /// <summary>What is indicated at the end.</summary>
    public byte[] Answer { get; } = answer;

    /// <summary>Which record of all that were ever stored is the last of these, from 1; 0 where there are none.</summary>
    public long UpTo { get; } = upTo;

    /// <summary>True when it was stopped before its end.</summary>
    public bool IsAborted => _isAborted;

    /// <summary>Stops it.</summary>
    public void Abort() => _isAborted = true;
}
