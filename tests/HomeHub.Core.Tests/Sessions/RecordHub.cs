using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A hub from the connection to the buffer, that remembers what it has to from one connection to the next.</summary>
internal sealed class RecordHub(DeviceTraits? traits = null)
{
    private static readonly RegisteredDevice Device = new()
    {
        Address = RecordDevice.Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start.AddYears(-1),
    };

    private int _sessions;

    public InMemoryReadingBuffer Buffer { get; } = new();

    public DeviceMemory Memory { get; private set; } = DeviceMemory.Empty;

    public SessionReport Report { get; private set; } = new();

    /// <summary>Whether everything that is in the buffer is receipted as soon as it is there.</summary>
    public bool ReceiptsAtOnce { get; set; }

    /// <summary>Whether the site wants waveforms.</summary>
    public bool TakesWaveforms { get; init; }

    /// <summary>Runs one connection; what ended it, null when all was told.</summary>
    public async Task<PeripheralException?> RunAsync(IPeripheral peripheral, TimeProvider? time = null)
    {
        var options = new PeripheralSourceOptions
        {
            SetsClocks = false,
            TakesWaveforms = TakesWaveforms,
            Traits = (_, _) => traits ?? DeviceTraits.None,
            IsAllReceipted = Buffer.IsAllReceiptedAsync,
            Limits = new SessionLimits { FirstValue = TimeSpan.FromMilliseconds(5), Idle = TimeSpan.FromMilliseconds(5) },
        };
        var acquisition = new AcquisitionSession(Device.Patient!, new DeviceDescriptor { Address = Device.Address }, HubZone.OfReception, Device.PairedAt, false);
        var session = new PeripheralSession(peripheral, Device, Memory, options, time ?? TimeProvider.System);
        PeripheralException? fault = null;
        try
        {
            await session.RunAsync($"s{_sessions++}", (item, _) => TakeAsync(acquisition, item), CancellationToken.None);
        }
        catch (PeripheralException error)
        {
            fault = error;
        }

        (Memory, Report) = (session.Memory, session.Report);
        return fault;
    }

    /// <summary>All readings of the buffer, in the order of arrival.</summary>
    public async Task<List<AcquiredReading>> ReadingsAsync()
    {
        List<AcquiredReading> readings = [];
        await foreach (BufferedReading reading in Buffer.ReadHistoryAsync(Device.Patient!, CancellationToken.None))
        {
            readings.Add(reading.Record);
        }

        return readings;
    }

    public async Task ReceiptAsync()
    {
        IReadOnlyList<BufferedReading> leased = await Buffer.LeaseAsync(Recipient.CareTeam, 10_000, SampleReadings.Start, CancellationToken.None);
        await Buffer.SettleAsync(Recipient.CareTeam, [.. leased.Select(reading => reading.Id)], [], SampleReadings.Start, CancellationToken.None);
    }

    private async ValueTask TakeAsync(AcquisitionSession acquisition, SourceItem item)
    {
        SessionOutcome outcome = acquisition.Accept(item.Payload!.Payload);
        if (outcome.Rejected is { } rejected)
        {
            await Buffer.QuarantineAsync([rejected], CancellationToken.None);
        }

        await Buffer.AppendAsync(
            [.. outcome.Readings.Select(reading => new NewReading(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)]))], CancellationToken.None);
        if (ReceiptsAtOnce)
        {
            await ReceiptAsync();
        }

        item.Committed?.Invoke();
    }
}
