using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <content>What the device sends: measurements as they come, stored records when it is asked.</content>
public sealed partial class DeviceModel
{
    /// <summary>Sends what was measured, in order, as long as somebody listens; what was confirmed is erased.</summary>
    private async Task SendOutboxAsync(CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool hasSent = false;
            while (TryPeekOutbox(out SimulatedPayload payload) && await SendAsync(payload, cancellation).ConfigureAwait(false))
            {
                hasSent = true;
                lock (_lock)
                {
                    _outbox.Dequeue();
                }
            }

            if (hasSent && !HasNews)
            {
                await FinishAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    private bool TryPeekOutbox(out SimulatedPayload payload)
    {
        lock (_lock)
        {
            return _outbox.TryPeek(out payload) && _isConnected && _subscribed.Contains(payload.Characteristic);
        }
    }

    private async Task<bool> SendAsync(SimulatedPayload payload, CancellationToken cancellation)
    {
        ModelCharacteristic characteristic = Characteristics.First(other => other.Uuid == payload.Characteristic);
        if (!await _host.SendAsync(characteristic, payload.Octets, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        Tell("sent", payload.Characteristic, payload.Octets);
        if (++_sentInConnection == _dropAfter)
        {
            _dropAfter = null;
            await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
            return true;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(_file.SendIntervalMilliseconds), _time, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task FinishAsync(CancellationToken cancellation)
    {
        if (_file.AdvertisesOnlyWithNews)
        {
            await _host.AdvertiseAsync(false, cancellation).ConfigureAwait(false);
        }

        if (_file.DropsLinkWhenDone)
        {
            await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
        }
    }

    private AttResult WriteRecordAccess(ModelCharacteristic characteristic, ReadOnlySpan<byte> octets)
    {
        const byte ImproperlyConfigured = 0xFD, InProgress = 0x80;
        lock (_lock)
        {
            if (!_subscribed.Contains(characteristic.Uuid) || !_subscribed.Contains(0x2A18))
            {
                return AttResult.Refused(ImproperlyConfigured);
            }
        }

        if (!_records!.TryBegin(octets, out RecordReply reply))
        {
            return AttResult.Refused(InProgress);
        }

        _ = Task.Run(() => TransferAsync(characteristic, reply));
        return AttResult.Done;
    }

    private async Task TransferAsync(ModelCharacteristic controlPoint, RecordReply reply)
    {
        foreach (SimulatedPayload payload in reply.Payloads)
        {
            if (reply.Aborted.IsCancellationRequested || !await SendAsync(payload, CancellationToken.None).ConfigureAwait(false))
            {
                return;
            }

            if (reply.Aborted.IsCancellationRequested)
            {
                return;
            }
        }

        // Over before it is told, so that the next request may follow the answer at once.
        _records!.End(reply);
        await _host.SendAsync(controlPoint, reply.Answer, CancellationToken.None).ConfigureAwait(false);
        if (!HasNews)
        {
            await FinishAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
