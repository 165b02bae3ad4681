using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>Measuring: what it takes, shaped by its quirks, goes into its memory or waits to be sent.</summary>
public sealed partial class DeviceModel
{
    /// <summary>Tells by <see cref="Happened"/> what it had stored at the start, as measured: nobody listened yet when it was.</summary>
    public void TellStored()
    {
        foreach ((DateTimeOffset at, SimulatedPayload payload) in _storedAtStart)
        {
            Tell("measured", payload.Characteristic, payload.Octets, at);
        }
    }

    /// <summary>Takes a measurement now, and sends it if somebody listens.</summary>
    public Task MeasureAsync(CancellationToken cancellation) => MeasureAsync(NoValues, cancellation);

    /// <summary>Takes a measurement now of which some values are told, by name (docs/simulation.md).</summary>
    public async Task MeasureAsync(IReadOnlyDictionary<string, decimal> values, CancellationToken cancellation)
    {
        Take(values, _time.GetLocalNow());
        if (_file.AdvertisesOnlyWithNews)
        {
            await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
        }

        await SendOutboxAsync(cancellation).ConfigureAwait(false);
    }

    private SimulatedPayload[] Take(IReadOnlyDictionary<string, decimal> values, DateTimeOffset at)
    {
        SimulatedPayload[] payloads;
        lock (_lock)
        {
            payloads = [.. _peripheral.Measure(_clock.At(at), values).Select(Shape)];
            if (_records is not null)
            {
                _records.Add(payloads);
            }
            else
            {
                Enqueue(payloads);
            }
        }

        foreach (SimulatedPayload payload in payloads)
        {
            Tell("measured", payload.Characteristic, payload.Octets, at);
        }

        return payloads;
    }

    private SimulatedPayload Shape(SimulatedPayload payload)
    {
        SimulatedPayload shaped = _file.HasClock && !_file.Quirks.Contains(DeviceQuirk.NoStamps) ? payload : QuirkTable.WithoutStamp(payload);
        return _file.Quirks.Contains(DeviceQuirk.WrongUnit) ? QuirkTable.WithWrongUnit(shaped) : shaped;
    }

    private void Enqueue(IEnumerable<SimulatedPayload> payloads)
    {
        foreach (SimulatedPayload payload in payloads)
        {
            if (_outbox.Count == MaxWaiting)
            {
                _outbox.Dequeue();
            }

            _outbox.Enqueue(payload);
        }
    }
}
