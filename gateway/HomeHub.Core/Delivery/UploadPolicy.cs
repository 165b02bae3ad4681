using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Profiles;

namespace HomeHub.Core.Delivery;

/// <summary>
/// Decides, when a reading is taken, whether it is sent or stays on the hub. Takes the time from the readings, so that a replay decides
/// the same again. Not safe for several threads.
/// </summary>
/// <param name="options">What is held back, and the intervals.</param>
public sealed class UploadPolicy(UploadOptions options)
{
    /// <summary>Minutes of a stream follow each other in about a minute: each is sent that is due to the nearest one.</summary>
    private static readonly TimeSpan MinuteTolerance = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Address, ushort Characteristic, string Patient), (DateTimeOffset At, decimal Value)> _sent = [];

    /// <summary><see cref="DeliveryState.Buffered"/> or <see cref="DeliveryState.Local"/>.</summary>
    public DeliveryState Decide(AcquiredReading reading)
    {
        UploadRule rule = UploadRule.Never;
        decimal level = 0;
        foreach (ReadingValue value in reading.Reading.Values)
        {
            UploadRule own = options.RuleOf(reading, value);
            if (own == UploadRule.Always)
            {
                return DeliveryState.Buffered;
            }

            if (own != UploadRule.Never)
            {
                rule = own;
                level = value is NumericValue { Value.IsPresent: true } numeric ? numeric.Value.Number : 0;
            }
        }

        if (rule == UploadRule.Never || !IsDue(reading, rule, level))
        {
            return DeliveryState.Local;
        }

        _sent[KeyOf(reading)] = (reading.ReceivedAt, level);
        return DeliveryState.Buffered;
    }

    private bool IsDue(AcquiredReading reading, UploadRule rule, decimal level)
    {
        if (!_sent.TryGetValue(KeyOf(reading), out (DateTimeOffset At, decimal Value) last))
        {
            return true;
        }

        // A reception time that went back (hub clock stepped) starts anew rather than holding a stream back for long.
        TimeSpan since = (reading.ReceivedAt - last.At).Duration();
        return rule == UploadRule.Throttled
            ? since + (reading.Context.IsMinute ? MinuteTolerance : TimeSpan.Zero) >= options.StreamInterval
            : since >= options.ChangeInterval || Math.Abs(level - last.Value) >= options.ChangePoints;
    }

    private static (string, ushort, string) KeyOf(AcquiredReading reading) =>
        (reading.Device.Address, reading.Characteristic, reading.Patient.Key);
}
