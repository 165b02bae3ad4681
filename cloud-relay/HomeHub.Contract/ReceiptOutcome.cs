namespace HomeHub.Contract;

/// <summary>What became of a Bundle at the relay: all of it or nothing.</summary>
public enum ReceiptOutcome
{
    /// <summary><c>committed</c>: every entry is on the relay's disk.</summary>
    Committed,

    /// <summary><c>rejected</c>: nothing of it was stored; it is a dead letter.</summary>
    Rejected,
}
