using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <content>What the device sends: measurements as they come, stored records when it is asked.</content>
public sealed partial class DeviceModel
{
    /// <summary>Most measurements that it can send again.</summary>
    public const int MaxSentAgain = 100;

    private int Repetitions => _file.Quirks.Contains(DeviceQuirk.SendsTwice) ? 2 : 1;

    /// <summary>Sends what was measured, in order, as long as somebody listens; what was confirmed is erased.</summary>
    private async Task SendOutboxAsync(CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            bool hasSent = false;
            while (TryPeekOutbox(out SimulatedPayload payload) && await SendRecordAsync([payload], cancellation).ConfigureAwait(false))
            {
                hasSent = true;
                Erase(payload);
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
            return _outbox.TryPeek(out payload) && IsHeard(payload);
        }
    }

    /// <summary>Erases what was sent, unless it went meanwhile because too much waited.</summary>
    private void Erase(SimulatedPayload payload)
    {
        lock (_lock)
        {
            if (_outbox.TryPeek(out SimulatedPayload oldest) && oldest.Octets == payload.Octets)
            {
                _outbox.Dequeue();
            }

            if (_lastSent.Count == MaxSentAgain)
            {
                _lastSent.Dequeue();
            }

            _lastSent.Enqueue(payload);
        }
    }

    private void SendAgain(int count)
    {
        lock (_lock)
        {
            Enqueue([.. _lastSent.TakeLast(count)]);
        }
    }

    /// <summary>Guarded by the caller.</summary>
    private bool IsHeard(SimulatedPayload payload) => _isConnected && !_isSilent && _subscribed.Contains(payload.Characteristic);

    /// <summary>Sends a record with what belongs to it; false when it could not be sent. A context that nobody subscribed to is left out.</summary>
    private async Task<bool> SendRecordAsync(SimulatedPayload[] record, CancellationToken cancellation)
    {
        for (int i = 0; i < Repetitions; i++)
        {
            for (int part = 0; part < record.Length; part++)
            {
                bool isHeard;
                lock (_lock)
                {
                    isHeard = IsHeard(record[part]);
                }

                bool isSent = isHeard && await SendPartAsync(record[part], cancellation).ConfigureAwait(false);
                if (!isSent && part == 0)
                {
                    return i > 0;
                }
            }

            await CountAsync(cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<bool> SendPartAsync(SimulatedPayload payload, CancellationToken cancellation)
    {
        ModelCharacteristic characteristic = Characteristics.First(other => other.Uuid == payload.Characteristic);
        if (!await _host.SendAsync(characteristic, payload.Octets, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        Tell("sent", payload.Characteristic, payload.Octets);
        await Task.Delay(TimeSpan.FromMilliseconds(_file.SendIntervalMilliseconds), _time, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>A record was sent: whether it was the one after which something happens.</summary>
    private async Task CountAsync(CancellationToken cancellation)
    {
        bool drops;
        lock (_lock)
        {
            drops = _untilDrop.Count();
            _isSilent |= _untilSilence.Count();
        }

        if (drops)
        {
            await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
        }
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
            if (!_subscribed.Contains(characteristic.Uuid) || !_subscribed.Contains(ModelTable.GlucoseMeasurement))
            {
                return AttResult.Refused(ImproperlyConfigured);
            }
        }

        if (!_records!.TryBegin(octets, out RecordReply reply))
        {
            return AttResult.Refused(InProgress);
        }

        Begin(cancellation => TransferAsync(characteristic, reply, cancellation));
        return AttResult.Done;
    }

    private async Task TransferAsync(ModelCharacteristic controlPoint, RecordReply reply, CancellationToken cancellation)
    {
        try
        {
            foreach (SimulatedPayload[] record in reply.Records)
            {
                if (reply.IsAborted || !await SendRecordAsync(record, cancellation).ConfigureAwait(false))
                {
                    return;
                }
            }

            if (reply.IsAborted || IsSilent)
            {
                return;
            }

            // Over before it is told, so that the next request may follow the answer at once.
            _records!.End(reply);
            await _host.SendAsync(controlPoint, reply.Answer, cancellation).ConfigureAwait(false);
            if (reply.Records.Count > 0 && !HasNews)
            {
                await FinishAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            // A device that fell silent works on it for ever, as far as anybody can tell.
            if (!IsSilent)
            {
                _records!.Stop(reply);
            }
        }
    }

    private bool IsSilent
    {
        get
        {
            lock (_lock)
            {
                return _isSilent;
            }
        }
    }

    /// <summary>Starts work that nobody waits for.</summary>
    private void Begin(Func<CancellationToken, Task> work)
    {
        CancellationToken life = _life.Token;
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await work(life).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (life.IsCancellationRequested)
                {
                    // The device is no more.
                }
#pragma warning disable CA1031 // Nobody awaits this, and it must not go unseen.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Failed?.Invoke(error);
                }
            },
            CancellationToken.None);
    }
}
