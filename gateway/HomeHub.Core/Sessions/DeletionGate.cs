using HomeHub.Core.Peripherals;
using HomeHub.Profiles.ContinuousGlucose;

namespace HomeHub.Core.Sessions;

/// <summary>Whether what a device told may be deleted on it now.</summary>
/// <param name="address">Address of the device.</param>
/// <param name="plan">What the connection offers.</param>
/// <param name="gatt">The connection.</param>
/// <param name="options">Who knows of receipts.</param>
/// <param name="time">The clock.</param>
internal sealed class DeletionGate(string address, SessionPlan plan, GattOperations gatt, PeripheralSourceOptions options, TimeProvider time)
{
    /// <summary>
    /// Whether all that was told is on disk and receipted, and a sensor's session is still the one whose records were told: the minutes of a new one start anew, and
    /// would be deleted by the numbers of the old one.
    /// </summary>
    /// <param name="service">16-bit UUID of the service.</param>
    /// <param name="sessionStart">What a sensor's session start said before its records were told; empty where it is not known.</param>
    /// <param name="sink">Who knows what is on disk.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task<bool> MayDeleteAsync(ushort service, byte[] sessionStart, SessionSink sink, CancellationToken cancellation)
    {
        bool isSensor = RecordRules.Of(service) == RecordRules.ContinuousGlucose;
        return !(isSensor && sessionStart.Length == 0)
            && await IsReceiptedAsync(service, sink, cancellation).ConfigureAwait(false)
            && (!isSensor || await IsSameSessionAsync(sessionStart, cancellation).ConfigureAwait(false));
    }

    /// <summary>Waits a while for the receipts. What was taken in other connections counts too, and what was not understood is never receipted.</summary>
    private async Task<bool> IsReceiptedAsync(ushort service, SessionSink sink, CancellationToken cancellation)
    {
        long askedAt = time.GetTimestamp();
        while (!sink.IsAllSafe || !await options.IsAllReceipted(address, service, cancellation).ConfigureAwait(false))
        {
            if (time.GetElapsedTime(askedAt) >= RecordDeletion.ReceiptLimit)
            {
                return false;
            }

            await Task.Delay(RecordDeletion.ReceiptInterval, time, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<bool> IsSameSessionAsync(byte[] sessionStart, CancellationToken cancellation)
    {
        GattCharacteristic? start = plan.States.FirstOrDefault(state => state.Uuid.Short == CgmProfile.SessionStartUuid);
        return start is not null && await gatt.TryReadAsync(start, cancellation).ConfigureAwait(false) is { } now && now.AsSpan().SequenceEqual(sessionStart);
    }
}
