using HomeHub.Core.Peripherals;
using HomeHub.Profiles;

namespace HomeHub.Core.Setup;

/// <summary>
/// What was heard around the hub, one entry a device: advertisements tell now this, now that, and are put together here. Bounded: the one
/// that was silent longest makes room. Not safe for several threads.
/// </summary>
/// <param name="time">The clock; only how long ago something was heard is asked of it.</param>
public sealed class NearbyDevices(TimeProvider time)
{
    /// <summary>Most devices that are kept; a home hears a few dozen.</summary>
    public const int MaxDevices = 500;

    /// <summary>
    /// The health services that are known, by which devices are found. Not vendors' services: many are serial services that anything may have; the catalogue names
    /// those by which a model is known.
    /// </summary>
    public static readonly ScanFilter HealthServices = new()
    {
        Services = [.. ProfileRegistry.All.Where(profile => profile.Specialization is not null && profile.Service.Short is not null).Select(profile => profile.Service)],
    };

    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, (Advertisement Device, long Stamp)> _devices = [];

    /// <summary>Takes an advertisement.</summary>
    /// <returns>All that is known of the device by now, and whether more is known than before.</returns>
    public (Advertisement Device, bool IsNews) Take(Advertisement heard)
    {
        if (!_devices.TryGetValue(heard.Address, out var entry))
        {
            if (_devices.Count >= MaxDevices)
            {
                _devices.Remove(_devices.Values.MinBy(kept => kept.Stamp).Device.Address);
            }

            _devices[heard.Address] = (heard, time.GetTimestamp());
            return (heard, true);
        }

        Advertisement known = entry.Device;
        BluetoothUuid[] services = [.. known.Services.Union(heard.Services)];
        bool isNews = services.Length > known.Services.Count || (heard.Name is not null && heard.Name != known.Name) || heard.IsBonded != known.IsBonded;
        Advertisement merged = heard with
        {
            Name = heard.Name ?? known.Name,
            Services = services,
            Rssi = heard.Rssi ?? known.Rssi,
            ManufacturerData = heard.ManufacturerData.Count > 0 ? heard.ManufacturerData : known.ManufacturerData,
        };
        _devices[heard.Address] = (merged, time.GetTimestamp());
        return (merged, isNews);
    }

    /// <summary>All, the nearest first.</summary>
    public IReadOnlyList<Advertisement> ByDistance() =>
        [.. _devices.Values.Select(kept => kept.Device).OrderByDescending(device => device.Rssi ?? short.MinValue).ThenBy(device => device.Address, StringComparer.Ordinal)];

    /// <summary>What is known of a device; null: it was not heard.</summary>
    public Advertisement? Find(string address) => _devices.TryGetValue(address, out var kept) ? kept.Device : null;

    /// <summary>Whether a device was not heard for some time.</summary>
    public bool IsSilent(Advertisement device) => SilentFor(device) > SilentAfter;

    /// <summary>How long ago a device was heard; longest for one that never was.</summary>
    public TimeSpan SilentFor(Advertisement device) => _devices.TryGetValue(device.Address, out var kept) ? time.GetElapsedTime(kept.Stamp) : TimeSpan.MaxValue;

    /// <summary>What a service is, in words: <c>Blood Pressure</c>; its UUID where nobody here knows it.</summary>
    public static string NameOf(BluetoothUuid service) =>
        ProfileRegistry.FindProfile(service)?.Name ?? service.ToString();
}
