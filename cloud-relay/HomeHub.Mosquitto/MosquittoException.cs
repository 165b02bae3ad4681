namespace HomeHub.Mosquitto;

/// <summary>A publish or subscribe that failed, or a client that can't be started. Messages hold no payload, credential or topic.</summary>
public sealed class MosquittoException : Exception
{
    /// <summary>Makes one with an empty message.</summary>
    public MosquittoException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What failed and why.</param>
    public MosquittoException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What failed and why.</param>
    /// <param name="innerException">What it came from.</param>
    public MosquittoException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one for a connection that is not there or was lost.</summary>
    /// <param name="failure">Why there is no connection.</param>
    public MosquittoException(MosquittoFailure failure)
        : base(failure?.Message) => Failure = failure;

    /// <summary>Why there is no connection; null when the connection was not the trouble. The same call may succeed after the next connection.</summary>
    public MosquittoFailure? Failure { get; }
}
