namespace HomeHub.Core.Buffering;

/// <summary>A reading that the relay refused.</summary>
/// <param name="Id">Number in the buffer.</param>
/// <param name="Reason">Reason code of the wire contract.</param>
public readonly record struct RejectedReading(long Id, string Reason);
