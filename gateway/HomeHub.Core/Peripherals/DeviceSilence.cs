using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>Devices and people from whom nothing came for longer than the plan expects. Silence is information: a person may have fallen ill, or a battery be empty.</summary>
/// <param name="Devices">Devices that are silent.</param>
/// <param name="People">People of whom something is expected, and all of whose devices are silent.</param>
public readonly record struct DeviceSilence(int Devices, int People)
{
    /// <summary>Shortest time in which something can be expected.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>Longest time in which something can be expected.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Since when a device is silent; null while it is not, or nothing is expected of it. Before its first measurement, from when it was set up.</summary>
    public static DateTimeOffset? Since(RegisteredDevice device, DateTimeOffset now) =>
        device.ExpectedEvery is { } every && (device.LastValueAt ?? device.PairedAt) + every is var due && now > due ? due : null;

    /// <summary>How many are silent.</summary>
    public static DeviceSilence Of(IReadOnlyList<RegisteredDevice> devices, DateTimeOffset now)
    {
        RegisteredDevice[] expected = [.. devices.Where(device => device.ExpectedEvery is not null)];
        IEnumerable<IGrouping<PatientReference, RegisteredDevice>> people = expected
            .SelectMany(device => device.People.Select(person => (Person: person, Device: device)))
            .GroupBy(one => one.Person, one => one.Device);
        return new DeviceSilence(expected.Count(device => Since(device, now) is not null), people.Count(person => person.All(device => Since(device, now) is not null)));
    }
}
