using HomeHub.Core.Household;

namespace HomeHub.Web.Devices;

/// <summary>What somebody chose for a reading that was nobody's.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="Person">Whose it is; null: it was a test, and is thrown away.</param>
public sealed record ReadingChoice(WaitingReading Reading, HouseholdPerson? Person);
