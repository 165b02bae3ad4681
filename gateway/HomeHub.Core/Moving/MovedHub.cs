namespace HomeHub.Core.Moving;

/// <summary>That a hub's history was packed for another one: this hub takes and sends nothing any more.</summary>
/// <param name="At">When.</param>
/// <param name="Who">By whom, as the audit log tells it.</param>
/// <param name="Readings">Readings that move.</param>
/// <param name="Waiting">How many of them no recipient, or not every one, has receipted: the next hub sends them.</param>
public sealed record MovedHub(DateTimeOffset At, string Who, long Readings, long Waiting)
{
    /// <summary>Who takes back a packing that did not come to its end, as the audit log says it.</summary>
    public const string InterruptedWho = "the hub, which was ended in the middle";
}
