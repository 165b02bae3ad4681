namespace HomeHub.Core.Peripherals;

/// <summary>Radio, peripheral or person did not do their part. The message says what and where, and holds no value and no key.</summary>
public sealed class PeripheralException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PeripheralException()
        : this(PeripheralFault.Failed, "The peripheral failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public PeripheralException(string message)
        : this(PeripheralFault.Failed, message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public PeripheralException(string message, Exception innerException)
        : this(PeripheralFault.Failed, message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public PeripheralException(PeripheralFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What went wrong.</summary>
    public PeripheralFault Fault { get; }

    /// <summary>Error code of the Attribute Protocol where the peripheral gave one (Core Specification Vol 3 Part F 3.4.1.1); else null.</summary>
    public byte? AttError { get; init; }

    /// <summary>True when the same may work a moment later.</summary>
    public bool IsPassing => Fault is PeripheralFault.NotReachable or PeripheralFault.Disconnected or PeripheralFault.TimedOut
        or PeripheralFault.InProgress or PeripheralFault.NoRadio;
}
