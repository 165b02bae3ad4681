using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>Operations on a connection, each bounded in time, repeated a few times while the system is busy.</summary>
/// <param name="peripheral">The connection.</param>
/// <param name="limits">How long, how often.</param>
/// <param name="time">The clock.</param>
public sealed class GattOperations(IPeripheral peripheral, SessionLimits limits, TimeProvider time)
{
    /// <summary>Reads a value; null when the peripheral does not let it be read.</summary>
    /// <exception cref="PeripheralException">Anything else that goes wrong.</exception>
    public async Task<byte[]?> TryReadAsync(GattCharacteristic characteristic, CancellationToken cancellation)
    {
        byte[]? value = null;
        bool isPermitted = await TryAsync(
            async token => value = await peripheral.ReadAsync(characteristic, token).ConfigureAwait(false), characteristic, "read", cancellation)
            .ConfigureAwait(false);
        return isPermitted ? value : null;
    }

    /// <summary>Subscribes; false when the peripheral does not permit it.</summary>
    /// <exception cref="PeripheralException">Anything else that goes wrong.</exception>
    public Task<bool> TrySubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation) =>
        TryAsync(token => peripheral.SubscribeAsync(characteristic, token), characteristic, "subscribed to", cancellation);

    /// <summary>Writes a value; false when the peripheral does not permit it.</summary>
    /// <exception cref="PeripheralException">Anything else that goes wrong.</exception>
    public Task<bool> TryWriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation) =>
        TryAsync(token => peripheral.WriteAsync(characteristic, value, token), characteristic, "written", cancellation);

    private async Task<bool> TryAsync(
        Func<CancellationToken, Task> operation, GattCharacteristic characteristic, string done, CancellationToken cancellation)
    {
        TimeSpan backoff = limits.OperationBackoff;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await BoundAsync(operation, characteristic, done, cancellation).ConfigureAwait(false);
                return true;
            }
            catch (PeripheralException error) when (error.Fault == PeripheralFault.NotPermitted)
            {
                return false;
            }
            catch (PeripheralException error) when (error.Fault == PeripheralFault.InProgress && attempt < limits.OperationTries)
            {
                await Task.Delay(backoff, time, cancellation).ConfigureAwait(false);
                backoff *= 2;
            }
        }
    }

    private async Task BoundAsync(
        Func<CancellationToken, Task> operation, GattCharacteristic characteristic, string done, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(limits.Operation, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await operation(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new PeripheralException(PeripheralFault.TimedOut, $"{characteristic.Uuid} could not be {done} in time.", error);
        }
    }
}
