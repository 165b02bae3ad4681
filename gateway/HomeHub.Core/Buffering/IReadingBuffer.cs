using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Buffering;

/// <summary>
/// Port: where readings are safe. What <see cref="AppendAsync"/> and <see cref="QuarantineAsync"/> were given survives a power cut once
/// they return. Safe for use from several threads; callers that append at the same time share a commit. One process at a time:
/// opening a buffer that another process holds is an error, and what a dead process had leased is buffered again.
/// </summary>
/// <exception cref="BufferException">Thrown by every member when the disk is full, read-only or damaged; nothing that was acknowledged is lost.</exception>
public interface IReadingBuffer : IAsyncDisposable
{
    /// <summary>Who the hub is; made when the buffer was first created.</summary>
    HubIdentity Hub { get; }

    /// <summary>
    /// From when on a record that seems new is surely new: after damage that took what was known of records, the time of it. Null where all that ever came is
    /// known. The same from the start of the process to its end.
    /// </summary>
    DateTimeOffset? KnownSince { get; }

    /// <summary>Readings that wait for <paramref name="recipient"/>, from memory, so cheap to ask.</summary>
    long CountBuffered(Recipient recipient);

    /// <summary>Completes when all that was asked to be written before is done; writes nothing.</summary>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>
    /// Completes when a process beside this one sees all that was answered before. Leases, receipts and what is known of devices may otherwise be written some time after they are answered,
    /// with the next reading.
    /// </summary>
    Task CommitAsync(CancellationToken cancellation);

    /// <summary>
    /// Appends readings, durably, all or none. Idempotent by record identity: a record that is or ever was here is a duplicate, also
    /// after it was pruned; only a minute of a stream, which no device tells again, is known no longer than it is here. Sets <see cref="AcquiredReading.IdentifierTaken"/> where it applies.
    /// </summary>
    /// <returns>One outcome a reading, in order.</returns>
    Task<AppendOutcome[]> AppendAsync(IReadOnlyList<NewReading> readings, CancellationToken cancellation);

    /// <summary>Keeps payloads that were not understood, durably. Idempotent by device, characteristic, octets and time of reception.</summary>
    /// <returns>How many were new.</returns>
    Task<int> QuarantineAsync(IReadOnlyList<RejectedPayload> payloads, CancellationToken cancellation);

    /// <summary>
    /// Takes up to <paramref name="maxReadings"/> buffered readings of one patient (that of the oldest), oldest first, and marks them
    /// <see cref="DeliveryState.Sent"/>. The lease ends with this process, or by <see cref="SettleAsync"/> or <see cref="ReleaseAsync"/>.
    /// </summary>
    Task<IReadOnlyList<BufferedReading>> LeaseAsync(Recipient recipient, int maxReadings, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Gives leased readings back: buffered again. Ids that are not leased are passed over.</summary>
    Task ReleaseAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation);

    /// <summary>
    /// Keeps readings here that are buffered or leased, because the person does not let the recipient have them: <see cref="DeliveryState.Withheld"/>. Others are
    /// passed over.
    /// </summary>
    /// <returns>How many.</returns>
    Task<int> WithholdAsync(Recipient recipient, IReadOnlyList<long> ids, CancellationToken cancellation);

    /// <summary>
    /// Goes by a consent that changed: what is buffered and may not go is withheld, what was withheld and may go is buffered, and a reading that has no delivery
    /// to the recipient yet gets one, unless it is nobody's or stays here by an upload rule. In steps, so that appends go on meanwhile.
    /// </summary>
    /// <param name="recipient">Who gets readings.</param>
    /// <param name="permits">Whether a reading may go to the recipient. Called within a step; calls nothing of the buffer.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <returns>How many deliveries changed, or came about.</returns>
    Task<int> ReviewAsync(Recipient recipient, Func<AcquiredReading, bool> permits, CancellationToken cancellation);

    /// <summary>Ends deliveries: receipted or rejected, for good. Idempotent; a receipted reading never becomes rejected.</summary>
    Task SettleAsync(
        Recipient recipient,
        IReadOnlyList<long> receipted,
        IReadOnlyList<RejectedReading> rejected,
        DateTimeOffset now,
        CancellationToken cancellation);

    /// <summary>
    /// Whether nothing that was ever taken from a service of a device waits for a receipt: no reading of it is buffered, sent, rejected or withheld for any recipient,
    /// and no payload of it lies in quarantine, which nobody will receipt. What an upload rule keeps on the hub waits for nothing. Asked once the device has
    /// told its records and they are appended: what the buffer does not know, it can't answer for.
    /// </summary>
    /// <param name="deviceAddress">Identity address, upper case.</param>
    /// <param name="service">16-bit UUID of the service.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<bool> IsAllReceiptedAsync(string deviceAddress, ushort service, CancellationToken cancellation);

    /// <summary>Counts readings that were sent again; for <see cref="BufferCounts.SentAgain"/>.</summary>
    void NoteSentAgain(int readings);

    /// <summary>Makes rejected readings buffered again, at a person's command.</summary>
    /// <returns>How many.</returns>
    Task<int> RetryRejectedAsync(Recipient recipient, CancellationToken cancellation);

    /// <summary>
    /// Does what a person says about a reading, and records it for good, in one durable step. The same act again is done already. A reading that is taken
    /// back is history where it was surely never sent; else it is buffered once more, to be delivered as <see cref="AcquiredReading.IsTakenBack"/>, and a
    /// receipt of what was sent before does not end that. Who gets a reading instead gets a new one, with an identity of its own.
    /// </summary>
    /// <param name="act">The act; <see cref="ReadingAct.Validate"/> finds nothing wrong.</param>
    /// <param name="decide">
    /// How the deliveries of a reading start that becomes somebody's, as for <see cref="AppendAsync"/>. Called within the step; calls nothing of the buffer.
    /// </param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    Task<ActOutcome> ActAsync(ReadingAct act, Func<AcquiredReading, IReadOnlyList<NewDelivery>> decide, CancellationToken cancellation);

    /// <summary>
    /// Stores a reading that a person enters, and records that for good, in one durable step. The same act again is done already; another act that enters
    /// the same reading changes nothing.
    /// </summary>
    /// <param name="entered">The reading.</param>
    /// <param name="act">An act of <see cref="ActKind.Enter"/>; <see cref="ReadingAct.Validate"/> finds nothing wrong.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <returns>
    /// <see cref="ActOutcome.Done"/>, <see cref="ActOutcome.Full"/>, <see cref="ActOutcome.KnownBefore"/>, or <see cref="ActOutcome.TakenBackBefore"/> where the
    /// same reading is here and was taken back.
    /// </returns>
    Task<ActOutcome> EnterAsync(NewReading entered, ReadingAct act, CancellationToken cancellation);

    /// <summary>
    /// Forgets the records of a device that have left this buffer, durably: told again, they are new. Those that are still here stay known until they leave too,
    /// unless the device has told something by then.
    /// </summary>
    /// <returns>How many.</returns>
    Task<int> ForgetDeviceAsync(string address, CancellationToken cancellation);

    /// <summary>The readings that are nobody's, oldest first, in pages.</summary>
    IAsyncEnumerable<UnassignedReading> ReadUnassignedAsync(CancellationToken cancellation);

    /// <summary>The readings of one device that are nobody's, oldest first, by index: as quick with many of other devices as without.</summary>
    /// <param name="deviceAddress">Identity address, upper case.</param>
    /// <param name="cancellation">Ends it.</param>
    IAsyncEnumerable<UnassignedReading> ReadUnassignedOfAsync(string deviceAddress, CancellationToken cancellation);

    /// <summary>What persons did with readings, oldest first, in pages.</summary>
    IAsyncEnumerable<RecordedAct> ReadActsAsync(CancellationToken cancellation);

    /// <summary>
    /// Removes history: readings whose receipts all came before <paramref name="before"/>, and, where a reading stayed here, that were received
    /// before it; never a reading that is not receipted by all its recipients.
    /// </summary>
    /// <returns>How many readings.</returns>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellation);

    /// <summary>
    /// How often something was erased since the start of the process, from memory, so cheap to ask. Whoever holds readings that were leased gives them back when it has grown:
    /// some of them are gone.
    /// </summary>
    int Erasures { get; }

    /// <summary>How many readings of a patient there are.</summary>
    Task<HeldReadings> CountHeldAsync(PatientReference patient, CancellationToken cancellation);

    /// <summary>
    /// Erases readings of a patient with their octets, and the patient's payloads in quarantine, durably and so that nothing of them can be read in any file of the buffer. What is known
    /// of records stays, as keyed hashes: a device that tells its memory again brings nothing back. What persons did with readings stays too; it holds no value. Idempotent.
    /// </summary>
    /// <param name="patient">Whose; not <see cref="PatientReference.Nobody"/>.</param>
    /// <param name="withWaiting">Whether readings that are on their way are erased too. Those that a recipient has got by then stay there, and their receipts change nothing here.</param>
    /// <param name="cancellation">Ends it between two steps; what is erased by then is gone.</param>
    /// <exception cref="BufferException">Among the others: <see cref="BufferFault.Locked"/>, all is erased, but another process reads for so long that traces are left. Done again, it makes up for it.</exception>
    Task<ErasedReadings> EraseAsync(PatientReference patient, bool withWaiting, CancellationToken cancellation);

    /// <summary>The counts.</summary>
    Task<BufferCounts> CountAsync(CancellationToken cancellation);

    /// <summary>Patients who have readings here, by their keys, sorted; nobody is none of them.</summary>
    Task<IReadOnlyList<PatientReference>> ListPatientsAsync(CancellationToken cancellation);

    /// <summary>A patient's readings, oldest first, in pages, so that memory does not grow with history.</summary>
    IAsyncEnumerable<BufferedReading> ReadHistoryAsync(PatientReference patient, CancellationToken cancellation);

    /// <summary>
    /// A patient's readings that were measured in a span of time and not taken back, by index: as quick with years of history as without. Of a characteristic with more readings than
    /// asked for, the newest of each of equal pieces of the span stands for the others of its piece.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is none, or asks for too many.</exception>
    Task<HistoryExcerpt> ReadSpanAsync(HistorySpan span, CancellationToken cancellation);

    /// <summary>A reading, whoever's it is, with where it went; null where there is none of this number, or no more.</summary>
    Task<HistoryEntry?> FindAsync(long reading, CancellationToken cancellation);

    /// <summary>One page of a patient's readings with where they went, the newest arrival first.</summary>
    /// <param name="patient">Whose.</param>
    /// <param name="before">Only readings with a lower number: that of the last one of the page before; <see cref="long.MaxValue"/> for the first page.</param>
    /// <param name="max">Most readings, at least 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<HistoryEntry>> ReadPageAsync(PatientReference patient, long before, int max, CancellationToken cancellation);

    /// <summary>Contents of a Device that a recipient's relay has receipted, by the Device's UUID; null when it has none.</summary>
    ValueTask<string?> GetKnownDeviceAsync(Recipient recipient, Guid device, CancellationToken cancellation);

    /// <summary>Notes (or, with null, forgets) the content of a Device that a recipient's relay has receipted.</summary>
    Task SetKnownDeviceAsync(Recipient recipient, Guid device, string? contentHash, CancellationToken cancellation);
}
