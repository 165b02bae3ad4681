namespace HomeHub.Core.Buffering;

/// <summary>What keeps the buffer from its work.</summary>
public enum BufferFault
{
    /// <summary>Something else; see the message.</summary>
    Failed,

    /// <summary>No space left on the device.</summary>
    DiskFull,

    /// <summary>The file or its folder can't be written.</summary>
    ReadOnly,

    /// <summary>Another process holds the buffer.</summary>
    Locked,

    /// <summary>The file is damaged; it was set aside.</summary>
    Damaged,

    /// <summary>The file was written by a newer version of the program.</summary>
    NewerSchema,
}
