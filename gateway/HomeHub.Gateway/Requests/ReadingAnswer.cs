using HomeHub.Core.Acts;

namespace HomeHub.Gateway.Requests;

/// <summary>What came of a request.</summary>
/// <param name="Outcome">What came of it; null where the request was not understood.</param>
internal sealed record ReadingAnswer(ActOutcome? Outcome);
