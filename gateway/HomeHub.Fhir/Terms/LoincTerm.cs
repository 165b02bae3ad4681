namespace HomeHub.Fhir.Terms;

/// <summary>A LOINC code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Display">Its name.</param>
internal readonly record struct LoincTerm(string Code, string Display);
