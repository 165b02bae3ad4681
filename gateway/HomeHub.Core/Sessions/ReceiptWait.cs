namespace HomeHub.Core.Sessions;

/// <summary>Waits for receipts before a device deletes anything.</summary>
internal static class ReceiptWait
{
    /// <summary>
    /// Whether all that was told is on disk and receipted; waits for it a while. What was taken in other connections counts too, and what was not understood
    /// is never receipted.
    /// </summary>
    public static async Task<bool> IsReceiptedAsync(
        string address, ushort service, SessionSink sink, PeripheralSourceOptions options, TimeProvider time, CancellationToken cancellation)
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
}
