using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Web.Status;

namespace HomeHub.Web.Own;

/// <summary>What a person's own page shows. Pure, but for what it was given.</summary>
/// <param name="Person">Whose page it is.</param>
/// <param name="Hub">How the hub is.</param>
/// <param name="Readings">The person's readings of the last 30 days and of today, the oldest first.</param>
/// <param name="Home">The home's time zone.</param>
/// <param name="Units">In which units values are shown.</param>
public sealed record TodayView(HouseholdPerson Person, HubOverview Hub, IReadOnlyList<BufferedReading> Readings, TimeZoneInfo Home, ShownUnits Units)
{
    /// <summary>What a person at home would want to know of; the rest is for the nurse.</summary>
    private static readonly WarningKind[] OfConcern =
        [WarningKind.BufferFull, WarningKind.OnBattery, WarningKind.DiskLow, WarningKind.TimeNotKnown, WarningKind.TimeZoneNotSet, WarningKind.RadioNotReady, WarningKind.BrokerAway];

    /// <summary>When a recipient last received a reading of this person, as far as the newest tell; null: of none of them is there a receipt.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Whether the person has decided that nobody gets anything.</summary>
    public bool IsKept { get; init; }

    /// <summary>The values.</summary>
    public VitalHistory History { get; } = new(Readings, Home);

    /// <summary>What is not all right, the gravest first.</summary>
    public IReadOnlyList<WarningKind> Troubles => [.. HubWarnings.Of(Hub).Select(warning => warning.Kind).Where(OfConcern.Contains)];

    /// <summary>The latest value of each sign, in order.</summary>
    public IEnumerable<VitalValue> Latest => History.Signs.Select(sign => History.Of(sign).Last());

    /// <summary>Whether something was on this day of the home's calendar.</summary>
    public bool IsToday(DateTimeOffset at) => History.DayOf(at) == History.DayOf(Hub.At);

    /// <summary>
    /// The devices of which a measurement is expected, with when, the most urgent first. Of a device that several people use only the person's own measurements
    /// count.
    /// </summary>
    public IEnumerable<(RegisteredDevice Device, DateTimeOffset Due)> Due =>
        from device in Hub.Devices
        where device.ExpectedEvery is not null && device.People.Contains(Person.Patient)
        let own = Readings.LastOrDefault(reading => reading.Record.Device.Address == device.Address)?.Record.Effective.Instant
        let last = own ?? (device.Patient == Person.Patient ? device.LastValueAt : null) ?? device.PairedAt
        let due = last + device.ExpectedEvery!.Value
        orderby due
        select (device, due);
}
