namespace HomeHub.CloudRelay.Forwarding;

/// <summary>An answer of the FHIR server.</summary>
/// <param name="Verdict">What to do.</param>
/// <param name="Status">HTTP status; 0 where there was none.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
internal readonly record struct ForwardAnswer(ForwardVerdict Verdict, int Status, TimeSpan? RetryAfter);
