namespace HomeHub.Core.SelfCheck;

/// <summary>Port: looks at one thing of the hub. May take a while, in which it keeps nobody from their work.</summary>
public interface ISelfCheckProbe
{
    /// <summary>What it looks at.</summary>
    CheckKind Kind { get; }

    /// <summary>Looks. What it can't tell is <see cref="CheckOutcome.Unknown"/>; it throws only when cancelled, or for a fault of the program.</summary>
    /// <param name="cancellation">Ends it.</param>
    Task<CheckFinding> RunAsync(CancellationToken cancellation);
}
