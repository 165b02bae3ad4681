using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Devices;

/// <summary>A reading of a device that is nobody's: it is sent to nobody until somebody says whose it is.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="IsTest">True where it was measured since the device was set up; false for what lay in its memory before, or may have.</param>
public sealed record WaitingReading(UnassignedReading Reading, bool IsTest)
{
    /// <summary>Most readings of a device that a page shows; the newest.</summary>
    public const int MaxShown = 20;

    /// <summary>Number of the reading in the buffer.</summary>
    public long Id => Reading.Reading.Id;

    /// <summary>What waits of a device.</summary>
    public static async Task<WaitingReadings> ReadAsync(PageContext page, RegisteredDevice device)
    {
        Queue<UnassignedReading> newest = new(), aside = new();
        int count = 0;
        await foreach (UnassignedReading reading in page.Parts.Buffer.ReadUnassignedAsync(page.Cancellation).ConfigureAwait(false))
        {
            // A context goes where its measurement goes.
            AcquiredReading record = reading.Reading.Record;
            if (record.Device.Address != device.Address || record.Measurement is not null)
            {
                continue;
            }

            bool isAside = record.TryDecode(out _) && record.Reading.Values.All(value => value.Subject == ValueSubject.Device);
            count += isAside ? 0 : 1;
            Keep(isAside ? aside : newest, reading);
        }

        return new WaitingReadings(
            [.. newest.Reverse().Select(reading => new WaitingReading(reading, IsSince(reading, device.PairedAt)))], count, [.. aside.Select(reading => reading.Reading.Id)]);
    }

    private static void Keep(Queue<UnassignedReading> kept, UnassignedReading reading)
    {
        kept.Enqueue(reading);
        if (kept.Count > MaxShown)
        {
            kept.Dequeue();
        }
    }

    /// <summary>Stamps have whole seconds.</summary>
    private static bool IsSince(UnassignedReading reading, DateTimeOffset since) =>
        reading.Reading.Record.Effective is var effective && effective.Use != StampUse.NotUsable && effective.Instant >= since.AddTicks(-(since.UtcTicks % TimeSpan.TicksPerSecond));
}
