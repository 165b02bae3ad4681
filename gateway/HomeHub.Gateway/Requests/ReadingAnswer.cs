using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;

namespace HomeHub.Gateway.Requests;

/// <summary>What came of a request.</summary>
/// <param name="Outcome">What came of it; null where the request was not understood.</param>
internal sealed record ReadingAnswer(ActOutcome? Outcome)
{
    /// <summary>What was erased; null where that was not asked.</summary>
    public ErasedReadings? Erased { get; init; }

    /// <summary>What kept it from being done, in words without health data; null where nothing did.</summary>
    public string? Failure { get; init; }
}
