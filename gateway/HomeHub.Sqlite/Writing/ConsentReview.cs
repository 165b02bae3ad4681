using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>How far a review of a recipient's deliveries has come: first those that are buffered, then those that are withheld, then readings without one.</summary>
internal sealed class ConsentReview(Recipient recipient, Func<AcquiredReading, bool> permits)
{
    /// <summary>Readings in a step, so that appends go on meanwhile.</summary>
    public const int StepReadings = 500;

    /// <summary>Numbers of readings that a step looks through for such without a delivery: nearly all have one.</summary>
    public const int StepNumbers = 5_000;

    /// <summary>Who gets readings.</summary>
    public Recipient Recipient => recipient;

    /// <summary>Whether a reading may go to the recipient.</summary>
    public Func<AcquiredReading, bool> Permits => permits;

    /// <summary>What is looked through now: deliveries in a state, or, where null, readings without a delivery.</summary>
    public DeliveryState? Phase { get; set; } = DeliveryState.Buffered;

    /// <summary>The last reading that was looked at in this phase.</summary>
    public long After { get; set; }

    /// <summary>How many deliveries changed or came about.</summary>
    public int Changed { get; set; }

    /// <summary>True when there is nothing more to look at.</summary>
    public bool IsDone { get; set; }
}
