using HomeHub.Contract;

namespace HomeHub.CloudRelay.Store;

/// <summary>Something that was refused for good.</summary>
/// <param name="Origin">Where.</param>
/// <param name="Topic">Hub, recipient and Bundle.</param>
/// <param name="Reason">A code in kebab-case.</param>
/// <param name="Entries">The bad entries, where they are known: uuids of their fullUrls.</param>
/// <param name="Status">HTTP status of the FHIR server, for those of forwarding.</param>
/// <param name="Payload">As received; not shown in any list.</param>
/// <param name="At">When.</param>
internal sealed record DeadLetter(
    DeadLetterOrigin Origin,
    BundleTopic Topic,
    string Reason,
    IReadOnlyList<Guid> Entries,
    int? Status,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset At);
