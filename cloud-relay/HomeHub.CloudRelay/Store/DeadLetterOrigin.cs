namespace HomeHub.CloudRelay.Store;

/// <summary>Where a dead letter comes from. The numbers stand in the database.</summary>
internal enum DeadLetterOrigin
{
    /// <summary>A Bundle that the relay refused.</summary>
    Intake = 0,

    /// <summary>An entry that the FHIR server refused for good; the relay's own copy stays.</summary>
    Forward = 1,
}
