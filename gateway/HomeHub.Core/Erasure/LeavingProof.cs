using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Erasure;

/// <summary>What can be shown for it that everything of a person is gone.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Who">By whom.</param>
/// <param name="Patient">Who left, as the care team knows the person.</param>
/// <param name="Erased">What was erased.</param>
/// <param name="Devices">How many devices became nobody's.</param>
/// <param name="MarkBefore">Mark of the audit log before; null: it was empty.</param>
/// <param name="MarkAfter">Mark of the entry that says that the person left.</param>
public sealed record LeavingProof(
    DateTimeOffset At, string Who, PatientReference Patient, ErasedReadings Erased, int Devices, string? MarkBefore, string MarkAfter);
