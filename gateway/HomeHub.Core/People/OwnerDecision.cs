using HomeHub.Core.Identity;

namespace HomeHub.Core.People;

/// <summary>Whose a record is.</summary>
/// <param name="Patient">The person; <see cref="PatientReference.Nobody"/> where <paramref name="Reason"/> says why.</param>
/// <param name="Reason"><see cref="UnassignedReason.None"/> for somebody's.</param>
public readonly record struct OwnerDecision(PatientReference Patient, UnassignedReason Reason);
