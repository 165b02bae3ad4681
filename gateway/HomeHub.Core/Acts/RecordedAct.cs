using HomeHub.Core.Identity;

namespace HomeHub.Core.Acts;

/// <summary>An act as it was recorded, for good.</summary>
/// <param name="Act">The act.</param>
/// <param name="Before">Whose the reading was; <see cref="PatientReference.Nobody"/> for an unassigned one.</param>
/// <param name="NewReading">Number of the reading that another person got instead; null when there is none.</param>
public sealed record RecordedAct(ReadingAct Act, PatientReference Before, long? NewReading);
