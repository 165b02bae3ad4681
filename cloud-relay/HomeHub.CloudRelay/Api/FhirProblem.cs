namespace HomeHub.CloudRelay.Api;

/// <summary>A request that can't be answered: what goes into the OperationOutcome.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">FHIR IssueType.</param>
/// <param name="Diagnostics">For a person; names parameters, never what they were set to.</param>
internal sealed record FhirProblem(int Status, string Code, string Diagnostics)
{
    /// <summary>A parameter with a value that can't be read.</summary>
    public static FhirProblem BadValue(string parameter, string expected) =>
        new(StatusCodes.Status400BadRequest, "invalid", $"Parameter {parameter}: {expected}");
}
