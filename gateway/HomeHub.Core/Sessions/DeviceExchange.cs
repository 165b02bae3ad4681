using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Drives a vendor's exchange over a connection: writes a request, waits for its answer, gives on what was told. When the link goes in the middle, what was told is kept, and
/// the next connection asks from the beginning: records are known by their octets.
/// </summary>
internal sealed class DeviceExchange(GattProfile profile, IRequestExchange exchange, IPeripheral peripheral, GattOperations gatt, TimeProvider time)
{
    private readonly GattCharacteristic _told = Find(peripheral, profile.Decoders[0].Characteristic);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="PeripheralException">The link went, the device refused, or it stopped in the middle.</exception>
    public async Task RunAsync(ValueTaker values, CancellationToken cancellation)
    {
        foreach (BluetoothUuid answer in exchange.Answers)
        {
            GattCharacteristic characteristic = Find(peripheral, answer);
            values.Answers.Add(characteristic);
            if (!await gatt.TrySubscribeAsync(characteristic, cancellation).ConfigureAwait(false))
            {
                throw new PeripheralException(PeripheralFault.NotPermitted, "The device does not permit its answers to be subscribed to.");
            }
        }

        while (exchange.Next() is { } request)
        {
            long askedAt = time.GetTimestamp();
            if (!await gatt.TryWriteAsync(Find(peripheral, request.Characteristic), request.Octets, cancellation).ConfigureAwait(false))
            {
                throw new PeripheralException(PeripheralFault.NotPermitted, "The device does not permit its records to be asked for.");
            }

            await HearAsync(values, askedAt, exchange.AnswerLimit, isOver: () => exchange.IsAnswered, cancellation).ConfigureAwait(false);
            await HearAsync(values, askedAt, exchange.Interval, isOver: () => false, cancellation).ConfigureAwait(false);
        }

        if (!exchange.IsComplete)
        {
            throw new PeripheralException(PeripheralFault.Failed, "The device stopped answering, or answered something else, before all was told.");
        }
    }

    /// <summary>Takes what comes until it is over, or a time after the request.</summary>
    private async Task HearAsync(ValueTaker values, long askedAt, TimeSpan limit, Func<bool> isOver, CancellationToken cancellation)
    {
        while (!isOver() && time.GetElapsedTime(askedAt) is var since && since < limit
            && await values.TakeAsync(limit - since, time, cancellation).ConfigureAwait(false) is { } heard)
        {
            if (!values.Answers.Contains(heard.Value.Characteristic))
            {
                continue;
            }

            foreach (byte[] record in exchange.Accept(heard.Value.Characteristic.Uuid, heard.Value.Octets))
            {
                // Newer devices have the same characteristics in a service of another name.
                GattCharacteristic from = _told with { Service = profile.Service };
                await values.GiveToldAsync(heard.Value with { Characteristic = from, Octets = record }, exchange.IsStored).ConfigureAwait(false);
            }
        }
    }

    private static GattCharacteristic Find(IPeripheral peripheral, BluetoothUuid uuid) =>
        peripheral.Characteristics.FirstOrDefault(characteristic => characteristic.Uuid == uuid)
        ?? throw new PeripheralException(PeripheralFault.NotPermitted, $"The device does not have {uuid}, by which its records are asked for.");
}
