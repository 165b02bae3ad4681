using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Devices;

/// <summary>A reading of a device that is nobody's: it is sent to nobody until somebody says whose it is.</summary>
/// <param name="Reading">The reading.</param>
/// <param name="IsTest">Whether it is test data.</param>
/// <param name="IsStored">Whether it lay in the device's memory before that was set up, or may have.</param>
public sealed record WaitingReading(UnassignedReading Reading, bool IsTest, bool IsStored)
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
        await foreach (UnassignedReading reading in page.Parts.Buffer.ReadUnassignedOfAsync(device.Address, page.Cancellation).ConfigureAwait(false))
        {
            // A context goes where its measurement goes.
            AcquiredReading record = reading.Reading.Record;
            if (record.Measurement is not null)
            {
                continue;
            }

            bool isAside = record.TryDecode(out _) && record.Reading.Values.All(value => value.Subject == ValueSubject.Device);
            count += isAside ? 0 : 1;
            Keep(isAside ? aside : newest, reading);
        }

        return new WaitingReadings(
            [.. newest.Reverse().Select(reading => new WaitingReading(reading, TestReadings.IsTest(reading, device), !TestReadings.IsSinceSetUp(reading, device)))], count, [.. aside.Select(reading => reading.Reading.Id)]);
    }

    private static void Keep(Queue<UnassignedReading> kept, UnassignedReading reading)
    {
        kept.Enqueue(reading);
        if (kept.Count > MaxShown)
        {
            kept.Dequeue();
        }
    }
}
