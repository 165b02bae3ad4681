using HomeHub.Core.Time;

namespace HomeHub.Core.People;

/// <summary>What the question whose a record is depends on.</summary>
/// <param name="UserIndex">User Index that the record names; null when it names none.</param>
/// <param name="Effective">When it was measured, and how that is known.</param>
/// <param name="IsStored">True when the device had it in its memory: it has a Sequence Number, or was told on request.</param>
/// <param name="ReceivedAt">Hub time of reception.</param>
/// <param name="ConcernsDevice">True when all that it says is about the device itself (battery, control solution), and not about a person.</param>
/// <param name="IsLive">True when it was told as it was measured, as what is advertised is: its reception is its time, whatever the device's clock says.</param>
/// <param name="KnownSince">
/// From when on a record that seems new is surely new; null where all that ever came is known. After damage to the buffer a record that was measured before
/// may have been here, and have been discarded or taken back.
/// </param>
/// <param name="IsToldApart">
/// Whether a stamp or a number tells it from every other record of the device. Where nothing does, that it seems to come for the first time shows nothing.
/// </param>
public readonly record struct OwnerFacts(
    byte? UserIndex, EffectiveTime Effective, bool IsStored, DateTimeOffset ReceivedAt, bool ConcernsDevice = false, bool IsLive = false, DateTimeOffset? KnownSince = null,
    bool IsToldApart = true);
