using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>
/// The consents of a hub, with who lives there: what is of the room needs everybody's. Somebody who moves in or leaves changes what may go, as a decision does. The book is the owner's to close.
/// </summary>
/// <param name="book">What people decided.</param>
/// <param name="residents">Who lives here.</param>
public sealed class HouseholdConsents(IConsentBook book, IResidents residents) : IConsentBook
{
    private readonly Lock _gate = new();
    private ConsentState? _inner;
    private ConsentState _state = ConsentState.Unknown;
    private long _residents;

    /// <inheritdoc/>
    /// <remarks>Its version grows with decisions and with who lives here; it is no number of a decision.</remarks>
    public ConsentState State
    {
        get
        {
            ConsentState inner = book.State;
            long now = residents.Version;
            lock (_gate)
            {
                if (inner.Version != _inner?.Version || now != _residents)
                {
                    (_inner, _residents) = (inner, now);
                    _state = inner.IsUnknown ? inner : new ConsentState(Math.Max(inner.Version, _state.Version + 1), inner.Decisions, residents);
                }

                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public Task DecideAsync(IReadOnlyList<ConsentDecision> decisions, CancellationToken cancellation) => book.DecideAsync(decisions, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConsentDecision>> ReadHistoryAsync(CancellationToken cancellation) => book.ReadHistoryAsync(cancellation);

    /// <inheritdoc/>
    public Task<string?> GetToldAsync(PatientReference patient, Recipient recipient, CancellationToken cancellation) => book.GetToldAsync(patient, recipient, cancellation);

    /// <inheritdoc/>
    public Task SetToldAsync(PatientReference patient, Recipient recipient, string contentHash, CancellationToken cancellation) =>
        book.SetToldAsync(patient, recipient, contentHash, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await book.DisposeAsync().ConfigureAwait(false);
        (residents as IDisposable)?.Dispose();
    }
}
