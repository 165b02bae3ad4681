namespace HomeHub.Core.Buffering;

/// <summary>What became of a reading that was appended.</summary>
public enum AppendOutcome : byte
{
    /// <summary>On disk, synced.</summary>
    Stored,

    /// <summary>The same record is or was here already: nothing changed.</summary>
    Duplicate,

    /// <summary>The buffer is full of readings that nobody has receipted: not taken. The device must keep it.</summary>
    Full,
}
