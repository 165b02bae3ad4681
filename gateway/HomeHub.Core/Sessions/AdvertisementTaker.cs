using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Takes what devices that were set up measure and only advertise, as some scales do. What a scale tells once more under the same time is the same record: the
/// buffer knows it, also after a restart. Safe for use from several threads.
/// </summary>
/// <param name="give">Takes an item, waiting while there is no room.</param>
/// <param name="registry">Notes when a device told something.</param>
/// <param name="troubled">Told when that could not be noted.</param>
/// <param name="isClockKnown">Whether the hub's clock is right by now.</param>
/// <param name="time">The clock.</param>
internal sealed class AdvertisementTaker(
    Func<SourceItem, CancellationToken, ValueTask> give, IDeviceRegistry registry, Action<BufferException> troubled, Func<bool> isClockKnown, TimeProvider time)
{
    /// <summary>How long a result is waited for to be completed: a scale with electrodes measures on for some ten seconds.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly AdvertisedResults _results = new(Settle);
    private readonly Dictionary<string, RegisteredDevice> _devices = [];
    private readonly Lock _gate = new();

    /// <summary>A device that was set up was heard.</summary>
    /// <param name="device">The device.</param>
    /// <param name="heard">What was heard of it.</param>
    /// <param name="giveHeard">Takes what is complete by that, for whoever listens and waits.</param>
    /// <param name="cancellation">Ends it.</param>
    public async ValueTask OnHeardAsync(RegisteredDevice device, Advertisement heard, Func<SourceItem, CancellationToken, ValueTask> giveHeard, CancellationToken cancellation)
    {
        List<IncomingPayload> taken = [];
        lock (_gate)
        {
            foreach ((BluetoothUuid service, byte[] octets) in heard.ServiceData)
            {
                _devices[device.Address] = device;
                taken.AddRange(_results.OnHeard(device.Address, service, octets, heard.ReceivedAt, time.GetElapsedTime(0)));
            }
        }

        foreach (IncomingPayload payload in taken)
        {
            await GiveAsync(device, payload, giveHeard, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Gives on what is complete, until cancelled; then what is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookInterval, time, cancellation).ConfigureAwait(false);
                await GiveDueAsync(isEnd: false, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await GiveDueAsync(isEnd: true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask GiveDueAsync(bool isEnd, CancellationToken cancellation)
    {
        List<(RegisteredDevice Device, IncomingPayload Payload)> due;
        lock (_gate)
        {
            due = [.. _results.TakeDue(time.GetElapsedTime(0), isEnd).Select(one => (_devices[one.Address], one.Payload))];
        }

        foreach ((RegisteredDevice device, IncomingPayload payload) in due)
        {
            await GiveAsync(device, payload, give, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>When a result was heard, by the clock as it is now: it may have been set while the result was waited for to be complete.</summary>
    private DateTimeOffset HeardAt(IncomingPayload payload) =>
        payload.Monotonic is { } then ? time.GetUtcNow() - (time.GetElapsedTime(0) - then) : payload.ReceivedAt;

    private async ValueTask GiveAsync(RegisteredDevice device, IncomingPayload payload, Func<SourceItem, CancellationToken, ValueTask> taker, CancellationToken cancellation)
    {
        var descriptor = new DeviceDescriptor { Address = device.Address, AddressType = device.AddressType, Services = [payload.Service] };
        var told = new DevicePayload(null, device.Patient ?? PatientReference.Nobody, descriptor, null, payload)
        {
            PairedAt = device.PairedAt,
            Users = device.Users,
        };
        await taker(new SourceItem(told, null, 0), cancellation).ConfigureAwait(false);
        try
        {
            DateTimeOffset? at = isClockKnown() ? HeardAt(payload) : null;
            await registry.NoteSessionAsync(device.Address, new DeviceSessionNote(at, null) { ValueAt = at }, cancellation).ConfigureAwait(false);
        }
        catch (BufferException error)
        {
            troubled(error);
        }
    }
}
