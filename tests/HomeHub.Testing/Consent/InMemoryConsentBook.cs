using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Consent;

/// <summary>A double of the consent book: the port's contract in plain collections, nothing durable.</summary>
public sealed class InMemoryConsentBook : IConsentBook
{
    private readonly Lock _gate = new();
    private readonly List<ConsentDecision> _decisions = [];
    private readonly Dictionary<(PatientReference, Recipient), string> _told = [];

    /// <summary>An error that every look ends with; null for none.</summary>
    public BufferException? Fault { get; set; }

    /// <summary>How often somebody looked.</summary>
    public int Looks { get; private set; }

    /// <inheritdoc/>
    public ConsentState State
    {
        get
        {
            lock (_gate)
            {
                Looks++;
                return Fault is null ? new ConsentState(_decisions.Count, _decisions) : throw Fault;
            }
        }
    }

    /// <inheritdoc/>
    public Task DecideAsync(IReadOnlyList<ConsentDecision> decisions, CancellationToken cancellation)
    {
        if (decisions.Select(decision => decision.Validate()).FirstOrDefault(wrong => wrong is not null) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(decisions));
        }

        lock (_gate)
        {
            _decisions.AddRange(decisions);
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConsentDecision>> ReadHistoryAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ConsentDecision>>([.. _decisions]);
        }
    }

    /// <inheritdoc/>
    public Task<string?> GetToldAsync(PatientReference patient, Recipient recipient, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_told.GetValueOrDefault((patient, recipient)));
        }
    }

    /// <inheritdoc/>
    public Task SetToldAsync(PatientReference patient, Recipient recipient, string contentHash, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _told[(patient, recipient)] = contentHash;
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
