namespace HomeHub.Core.Delivery;

/// <summary>The broker was not reached or went away. Says why, without secrets.</summary>
public sealed class UplinkException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UplinkException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public UplinkException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public UplinkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
