using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Time;

namespace HomeHub.Testing;

/// <summary>A hub that has been in use for 90 days.</summary>
public static class NinetyDays
{
    /// <summary>Fills a buffer. Twice a day blood pressure, four times glucose, once weight, and a strap that is worn for eight hours a day, a reading a minute.</summary>
    /// <returns>How many readings were stored.</returns>
    public static async Task<int> FillAsync(IReadingBuffer buffer)
    {
        int number = 0, stored = 0;
        DateTimeOffset now = TimeProvider.System.GetUtcNow(), first = new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(-90);
        for (DateTimeOffset day = first; day < now.AddDays(-1); day = day.AddDays(1))
        {
            List<AcquiredReading> readings = [];
            for (int hour = 6; hour < 22; hour += 4)
            {
                DateTimeOffset at = day.AddHours(hour);
                readings.Add(SampleReadings.Record(0x2A18, [0x02, (byte)number, (byte)(number >> 8), (byte)at.Year, (byte)(at.Year >> 8), (byte)at.Month, (byte)at.Day, (byte)at.Hour, 0, 0, 110, 0xB0, 0x11], at, device: SampleReadings.Device(2)));
                if (hour is 6 or 18)
                {
                    readings.Add(SampleReadings.Record(0x2A35, [0, (byte)(120 + (number % 20)), 0, 80, 0, 0xFF, 0x07], at, device: SampleReadings.Device(1)));
                }

                number++;
            }

            readings.Add(SampleReadings.Record(0x2A9D, [0, 0xE0, 0x38], day.AddHours(7), device: SampleReadings.Device(3)));
            readings.AddRange(Enumerable.Range(0, 480).Select(minute => SampleReadings.Record(0x2A37, [0, (byte)(60 + (minute % 30))], day.AddHours(9).AddMinutes(minute), device: SampleReadings.Device(4))));
            AppendOutcome[] outcomes = await buffer.AppendAsync(
                [.. readings.Select(reading => (reading with { Effective = new EffectiveTime(reading.ReceivedAt, StampUse.None) }).ToKeep())], CancellationToken.None);
            stored += outcomes.Count(outcome => outcome == AppendOutcome.Stored);
        }

        return stored;
    }
}
