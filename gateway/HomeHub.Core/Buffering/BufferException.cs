namespace HomeHub.Core.Buffering;

/// <summary>The buffer can't do its work: says what, and where. Holds no health data.</summary>
public sealed class BufferException : Exception
{
    /// <summary>Creates the exception.</summary>
    public BufferException()
        : this(BufferFault.Failed, "The buffer failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public BufferException(string message)
        : this(BufferFault.Failed, message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public BufferException(string message, Exception innerException)
        : this(BufferFault.Failed, message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public BufferException(BufferFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What kind of fault.</summary>
    public BufferFault Fault { get; }

    /// <summary>Whether the disk is full or can't be written: nothing is wrong with the buffer, and a person can mend it while the hub runs.</summary>
    public bool IsOfDisk => Fault is BufferFault.DiskFull or BufferFault.ReadOnly;
}
