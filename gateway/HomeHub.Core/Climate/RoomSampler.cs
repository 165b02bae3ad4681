using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Core.Climate;

/// <summary>
/// When the room's sensor is asked, and what becomes of what it says. Synchronous and without a clock: <c>now</c> is the time since a fixed moment that no setting of the clock changes. Read by
/// pages while it works: <see cref="Now"/> is safe for several threads, the rest is not.
/// </summary>
/// <param name="interval">Time from one reading to the next, 1 minute to 1 day.</param>
public sealed class RoomSampler(TimeSpan interval)
{
    /// <summary>Shortest time from one reading to the next.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>Longest time from one reading to the next.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>After a sensor could not be read it is asked again so soon, where the next reading is later: some miss every tenth question.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _interval = interval >= Shortest && interval <= Longest ? interval : throw new ArgumentOutOfRangeException(nameof(interval));
    private TimeSpan? _next;
    private volatile RoomNow _now = new(RoomCondition.Waiting);

    /// <summary>How the room is, as far as is known.</summary>
    public RoomNow Now => _now;

    /// <summary>How long until the sensor is asked; zero when it is due.</summary>
    public TimeSpan Wait(TimeSpan now) => _next is { } next && next > now ? next - now : TimeSpan.Zero;

    /// <summary>Works in what the sensor said.</summary>
    /// <param name="readout">What it said.</param>
    /// <param name="at">When, by the hub's clock, which is known to be right.</param>
    /// <param name="now">The same moment, monotonic.</param>
    /// <returns>The payload; null where there is nothing to keep.</returns>
    public DevicePayload? Take(RoomReadout readout, DateTimeOffset at, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(readout);
        RoomClimateRecord record = default;
        byte[]? octets = readout.Condition == RoomCondition.Ready ? RoomClimateRecord.Write(readout.Numbers) : null;
        bool isCredible = octets is not null && RoomClimateRecord.TryDecode(octets, out record, out _);
        RoomCondition condition = readout.Condition == RoomCondition.Ready && !isCredible ? RoomCondition.NotCredible : readout.Condition;
        bool isFault = condition is RoomCondition.Failed or RoomCondition.NotCredible;
        _next = now + (isFault && RetryAfter < _interval ? RetryAfter : _interval);
        _now = isCredible
            ? _now with { Condition = condition, Celsius = record.TemperatureCelsius, Percent = record.HumidityPercent, At = at }
            : _now with { Condition = condition, Faults = _now.Faults + (isFault ? 1 : 0) };
        return isCredible
            ? new DevicePayload(
                null, PatientReference.Room, RoomDevice.Of(readout.Sensor ?? ""), null,
                new IncomingPayload(RoomClimateProfile.Service, RoomClimateProfile.RecordUuid, octets, at) { Monotonic = now })
            : null;
    }
}
