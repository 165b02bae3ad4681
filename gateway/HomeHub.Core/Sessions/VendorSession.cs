using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.Core.Sessions;

/// <summary>What a connection does by protocols of vendors: asks for what is told only when asked for, and starts streams that are sent only when told to.</summary>
internal sealed class VendorSession(IPeripheral peripheral, PeripheralSourceOptions options, TimeProvider time)
{
    /// <summary>How long a device has to answer the request for a stream.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);

    /// <summary>How long a device has to take the request to end a stream when the hub lets go.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly GattOperations _gatt = new(peripheral, options.Limits, time);
    private readonly List<(GattCharacteristic Point, byte[] Stop)> _started = [];

    /// <summary>What could not be done, in words; null when all was.</summary>
    public string? Reason { get; private set; }

    /// <summary>Asks a device that tells only what it is asked for.</summary>
    /// <returns>False where it is not known how this model is asked.</returns>
    /// <exception cref="PeripheralException">The link went, the device refused, or it stopped in the middle.</exception>
    public async Task<bool> AskAsync(SessionPlan plan, string? model, ValueTaker values, SessionSink sink, CancellationToken cancellation)
    {
        if (plan.Exchange is not { } profile)
        {
            return true;
        }

        if (profile.Exchange!(new ExchangeStart(model, (uint)(time.GetUtcNow().Ticks & uint.MaxValue))) is not { } exchange)
        {
            Reason = "It is not known how this model is asked for its records.";
            return false;
        }

        sink.IsTransferring = exchange.IsStored;
        try
        {
            await new DeviceExchange(profile, exchange, peripheral, _gatt, time).RunAsync(values, cancellation).ConfigureAwait(false);
        }
        finally
        {
            // Unlike a standard device's, no record of its memory comes any other way.
            sink.IsTransferring = false;
        }

        return true;
    }

    /// <summary>Starts the streams that the site wants. A device that does not start one is used on without it.</summary>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task StartStreamsAsync(SessionPlan plan, ValueTaker values, CancellationToken cancellation)
    {
        foreach (GattProfile profile in options.TakesWaveforms ? plan.ToldStreams : [])
        {
            if (!await StartAsync(profile, profile.Control!, values, cancellation).ConfigureAwait(false))
            {
                Reason = $"The device does not send {profile.Name} as it was told to.";
            }
        }
    }

    /// <summary>Ends the streams that were started, as the hub lets go. Where that fails they end with the link.</summary>
    public async Task StopStreamsAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit, time);
        foreach ((GattCharacteristic point, byte[] stop) in _started)
        {
            try
            {
                await _gatt.TryWriteAsync(point, stop, limit.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is PeripheralException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> StartAsync(GattProfile profile, StreamControl control, ValueTaker values, CancellationToken cancellation)
    {
        if (Find(control.ControlPoint) is not { } point || Find(profile.Decoders[0].Characteristic) is not { } data)
        {
            return false;
        }

        values.Answers.Add(point);
        try
        {
            if (!await _gatt.TrySubscribeAsync(point, cancellation).ConfigureAwait(false) || !await _gatt.TrySubscribeAsync(data, cancellation).ConfigureAwait(false)
                || !await _gatt.TryWriteAsync(point, control.Start, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.ProfileError)
        {
            return false;
        }

        // Whether it answers or not: a stream that has begun is ended.
        _started.Add((point, control.Stop));
        long askedAt = time.GetTimestamp();
        while (time.GetElapsedTime(askedAt) is var since && since < StartLimit
            && await values.TakeAsync(StartLimit - since, time, cancellation).ConfigureAwait(false) is { } heard)
        {
            if (heard.Value.Characteristic == point && control.IsStarted(heard.Value.Octets) is { } isStarted)
            {
                return isStarted;
            }
        }

        return false;
    }

    private GattCharacteristic? Find(BluetoothUuid uuid) => peripheral.Characteristics.FirstOrDefault(characteristic => characteristic.Uuid == uuid);
}
