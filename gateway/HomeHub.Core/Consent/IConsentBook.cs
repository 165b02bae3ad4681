using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>
/// Port: what people decided about their data. Decisions are only ever added, durably. Safe for several threads and for several processes: what one process
/// decides the others see at their next look.
/// </summary>
/// <exception cref="BufferException">Thrown by every member when the disk is full, read-only or damaged. Whoever can't learn of a consent goes by there being none.</exception>
public interface IConsentBook : IAsyncDisposable
{
    /// <summary>What holds now, cheap to ask: looked up anew only when something was decided since.</summary>
    ConsentState State { get; }

    /// <summary>Records decisions, all or none. A decision that says what holds already is recorded too, for it was said.</summary>
    /// <exception cref="ArgumentException">One of them is wrong, see <see cref="ConsentDecision.Validate"/>.</exception>
    Task DecideAsync(IReadOnlyList<ConsentDecision> decisions, CancellationToken cancellation);

    /// <summary>Every decision, oldest first.</summary>
    Task<IReadOnlyList<ConsentDecision>> ReadHistoryAsync(CancellationToken cancellation);

    /// <summary>Content of the extract that a recipient has receipted of a person; null when it has none.</summary>
    Task<string?> GetToldAsync(PatientReference patient, Recipient recipient, CancellationToken cancellation);

    /// <summary>Notes the content of the extract that a recipient has receipted of a person.</summary>
    Task SetToldAsync(PatientReference patient, Recipient recipient, string contentHash, CancellationToken cancellation);
}
