using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Core.Liveness;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Delivery;

/// <summary>
/// What consent asks of the delivery to one recipient: nothing that may not go is leased, repeated or left with the broker's queue, and the recipient is told
/// what each person lets it have. Nor does anything go that was erased. Used by the driver's loop only.
/// </summary>
internal sealed class ConsentDelivery(Recipient recipient, IReadingBuffer buffer, IConsentBook book, DiskWait disk, ILogger logger)
{
    private readonly ConsentLook _look = new(book, logger);
    private readonly HashSet<(PatientReference Patient, string Content)> _refused = [];
    private ConsentState _applied = ConsentState.Unknown;
    private bool _mayLackTelling = true;
    private int _erasures = buffer.Erasures;

    /// <summary>True when nothing was decided or erased since the last <see cref="ApplyAsync"/>.</summary>
    public bool IsCurrent => _look.Now().Version == _applied.Version && buffer.Erasures == _erasures;

    /// <summary>Takes out of the planner what may not go any more, or not with all that it tells of its device.</summary>
    /// <returns>False while nothing may be sent at all.</returns>
    public async Task<bool> ApplyAsync(DeliveryPlanner planner, CancellationToken cancellation)
    {
        ConsentState state = _look.Now();
        int erasures = buffer.Erasures;
        bool isErased = erasures != _erasures;
        if (state.Version == _applied.Version && !isErased)
        {
            return !state.IsUnknown;
        }

        ConsentState before = _applied;
        _erasures = erasures;
        _applied = state;
        _mayLackTelling = true;
        IReadOnlyList<BufferedReading> taken = planner.Withdraw(
            reading => !isErased && state.Permits(reading.Record, recipient) && state.DeviceFor(reading.Record, recipient) == before.DeviceFor(reading.Record, recipient));
        IReadOnlyList<BufferedReading> free = state.IsUnknown ? taken : await SieveAsync(taken, cancellation).ConfigureAwait(false);
        long[] ids = [.. free.Select(reading => reading.Id)];
        await disk.RunAsync(() => buffer.ReleaseAsync(recipient, ids, cancellation), cancellation).ConfigureAwait(false);
        return !state.IsUnknown;
    }

    /// <summary>Of leased readings those that may go; the others are withheld.</summary>
    public async Task<IReadOnlyList<BufferedReading>> SieveAsync(IReadOnlyList<BufferedReading> readings, CancellationToken cancellation)
    {
        long[] withheld = [.. readings.Where(reading => !_applied.Permits(reading.Record, recipient)).Select(reading => reading.Id)];
        if (withheld.Length == 0)
        {
            return readings;
        }

        await disk.RunAsync(() => buffer.WithholdAsync(recipient, withheld, cancellation), cancellation).ConfigureAwait(false);
        return [.. readings.Where(reading => _applied.Permits(reading.Record, recipient))];
    }

    /// <summary>Readings that may go, as the recipient gets them: of their device it learns what the person lets it have.</summary>
    public AcquiredReading[] AsGiven(IReadOnlyList<BufferedReading> readings)
    {
        var given = new AcquiredReading[readings.Count];
        for (int i = 0; i < given.Length; i++)
        {
            AcquiredReading record = readings[i].Record;
            DeviceDescriptor device = _applied.DeviceFor(record, recipient);
            given[i] = ReferenceEquals(device, record.Device) ? record : record with { Device = device };
        }

        return given;
    }

    /// <summary>What the recipient is to be told and was not, as Bundles, once after each <see cref="ApplyAsync"/> that found something new.</summary>
    public async Task<IReadOnlyList<InFlightBundle>> ToTellAsync(
        IBundleEncoder encoder, IUplink uplink, HubIdentity hub, CancellationToken cancellation)
    {
        if (!_mayLackTelling)
        {
            return [];
        }

        List<InFlightBundle> bundles = [];
        var json = new ArrayBufferWriter<byte>();
        foreach (PatientReference patient in _applied.People)
        {
            if (ConsentExtract.Of(_applied, patient, recipient) is not { } extract || _refused.Contains((patient, extract.ContentHash))
                || await disk.RunAsync(() => book.GetToldAsync(patient, recipient, cancellation), cancellation).ConfigureAwait(false) == extract.ContentHash)
            {
                continue;
            }

            json.ResetWrittenCount();
            EncodedBundle encoded = encoder.EncodeConsent(hub, extract, json);
            bundles.Add(new InFlightBundle(new DeliveryGroup([]), encoded, uplink.Prepare(json.WrittenSpan, isBacklog: false), []) { Consent = extract });
        }

        _mayLackTelling = false;
        return bundles;
    }

    /// <summary>A relay has answered what it was told.</summary>
    public async Task NoteToldAsync(ConsentExtract told, bool isRefused, CancellationToken cancellation)
    {
        if (isRefused)
        {
            _refused.Add((told.Patient, told.ContentHash));
            logger.LogError("The relay of {Recipient} does not take what a person consented to", recipient.Slug);
            return;
        }

        await disk.RunAsync(() => book.SetToldAsync(told.Patient, recipient, told.ContentHash, cancellation), cancellation).ConfigureAwait(false);
    }
}
