using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.CurrentTime;
using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.ElapsedTime;
using HomeHub.Profiles.RecordAccess;
using HomeHub.Profiles.UserData;

namespace HomeHub.Core.Sessions;

/// <summary>What to do in a connection, in which order, from the characteristics that the peripheral offers. Pure.</summary>
public sealed record SessionPlan
{
    private const ushort BatteryLevel = 0x2A19;

    /// <summary>What measures: subscribed first, all at once.</summary>
    public required IReadOnlyList<GattCharacteristic> Measurements { get; init; }

    /// <summary>
    /// Of these, what is subscribed only once <see cref="States"/> were read: CGM records have a time and an identity by the session's start alone, and the
    /// sensor keeps them.
    /// </summary>
    public required IReadOnlyList<GattCharacteristic> LateMeasurements { get; init; }

    /// <summary>Control points by which stored records are asked for: subscribed last, so that nothing is sent before somebody listens.</summary>
    public required IReadOnlyList<GattCharacteristic> ControlPoints { get; init; }

    /// <summary>Control point by which a user's records are asked for with that user's code; null when the device has none.</summary>
    public GattCharacteristic? UserControl { get; init; }

    /// <summary>
    /// Profile of a vendor by which the device is asked for what it has; null where there is none, and where it tells its measurements by a standard profile: asked for its
    /// memory too, it would tell each of them as two.
    /// </summary>
    public GattProfile? Exchange { get; init; }

    /// <summary>
    /// Characteristics of vendors by which the device notifies pieces of what it tells, or answers what is written: a notification of theirs is no payload.
    /// </summary>
    public required IReadOnlyList<GattCharacteristic> Pieces { get; init; }

    /// <summary>Profiles of streams that the device sends only when told to.</summary>
    public required IReadOnlyList<GattProfile> ToldStreams { get; init; }

    /// <summary>Firmware revision, by which it is told whether <see cref="Descriptions"/> are still as they were; null when the device has none.</summary>
    public GattCharacteristic? Firmware { get; init; }

    /// <summary>What stays the same while the firmware does: Device Information, features, sensor locations.</summary>
    public required IReadOnlyList<GattCharacteristic> Descriptions { get; init; }

    /// <summary>The device's clock: Current Time, else Date Time, else Current Elapsed Time; null when it has none that can be read.</summary>
    public GattCharacteristic? Clock { get; init; }

    /// <summary>Read each time: battery level, a CGM's session start and run time, which are others with each sensor.</summary>
    public required IReadOnlyList<GattCharacteristic> States { get; init; }

    /// <summary>The health services that it offers and that are taken: those of the Bluetooth SIG ascending, then vendors'.</summary>
    public required BluetoothUuid[] Services { get; init; }

    /// <summary>Makes the plan.</summary>
    /// <param name="characteristics">What the peripheral offers.</param>
    /// <param name="vendorServices">Vendors' services by which its model is known to tell its readings.</param>
    public static SessionPlan For(IReadOnlyList<GattCharacteristic> characteristics, IReadOnlyList<BluetoothUuid>? vendorServices = null)
    {
        GattCharacteristic[] taken = [.. characteristics.Where(characteristic => IsTaken(characteristic.Service, vendorServices ?? []))];
        GattCharacteristic[] known = [.. taken.Where(IsDecoded)];
        GattCharacteristic[] readable = [.. known.Where(characteristic => characteristic.CanRead)];
        GattCharacteristic[] measurements = [.. known.Where(characteristic => IsMeasurement(characteristic) && !IsToldTwice(characteristic, known))];
        GattProfile[] offered = [.. ProfileRegistry.All.Where(profile => Array.Exists(known, one => IsAnswer(one, profile)))];
        bool isStandard = Array.Exists(measurements, characteristic => characteristic.Uuid.Short is not null);
        GattProfile? exchange = isStandard ? null : Array.Find(offered, profile => profile.Exchange is not null);
        return new SessionPlan
        {
            Exchange = exchange,
            Pieces = [.. taken.Where(one => Array.Exists(offered, profile => (profile.Exchange is null || profile == exchange) && profile.TellsPieces(one.Uuid)))],
            ToldStreams = [.. offered.Where(profile => profile.Control is not null)],
            Measurements = measurements,
            LateMeasurements = readable.Any(characteristic => characteristic.Uuid.Short == CgmProfile.SessionStartUuid)
                ? [.. measurements.Where(characteristic => characteristic.Uuid.Short == CgmProfile.MeasurementUuid)]
                : [],
            ControlPoints =
            [
                .. characteristics.Where(characteristic => IsControlPoint(characteristic) && characteristic is { CanSubscribe: true, CanWrite: true }),
            ],
            UserControl = characteristics.FirstOrDefault(characteristic => IsUserControl(characteristic) && characteristic is { CanSubscribe: true, CanWrite: true }),
            Firmware = readable.FirstOrDefault(characteristic => characteristic.Uuid.Short == DeviceInformationProfile.FirmwareUuid),
            Descriptions =
            [
                .. readable.Where(characteristic =>
                    !IsClock(characteristic) && !IsState(characteristic) && characteristic.Uuid.Short != DeviceInformationProfile.FirmwareUuid
                    && characteristic.Uuid.Short is not null && !measurements.Contains(characteristic)),
            ],
            Clock = readable.FirstOrDefault(characteristic => characteristic.Uuid.Short == CurrentTimeProfile.CurrentTimeUuid)
                ?? readable.FirstOrDefault(characteristic => characteristic.Uuid.Short == CurrentTimeProfile.DateTimeUuid)
                ?? readable.FirstOrDefault(characteristic => characteristic.Uuid.Short == ElapsedTimeProfile.CurrentElapsedTimeUuid),
            States = [.. readable.Where(IsState)],
            Services =
            [
                .. taken.Select(characteristic => characteristic.Service).Distinct().OrderBy(service => service.Short ?? int.MaxValue)
                    .Where(service => ProfileRegistry.FindProfile(service)?.Specialization is not null
                        && (service.Short is not null || Array.Exists(known, characteristic => characteristic.Service == service))),
            ],
        };
    }

    /// <summary>The device as far as its services tell.</summary>
    internal DeviceDescriptor Describe(RegisteredDevice device) => new()
    {
        Address = device.Address,
        AddressType = device.AddressType,
        Services = Services,
        HasWritableClock = Clock is { CanWrite: true },
    };

    /// <summary>True for what tells about a procedure and is no reading.</summary>
    internal static bool IsControlPoint(GattCharacteristic characteristic) => characteristic.Uuid.Short == RecordAccessControlPoint.Uuid;

    /// <summary>True for what tells about users and is no reading.</summary>
    internal static bool IsUserControl(GattCharacteristic characteristic) => characteristic.Uuid.Short == UserControlPoint.Uuid;

    private static bool IsAnswer(GattCharacteristic characteristic, GattProfile profile) =>
        characteristic.CanSubscribe && characteristic.Uuid == profile.Decoders[0].Characteristic;

    private static bool IsDecoded(GattCharacteristic characteristic) => ProfileRegistry.FindDecoder(characteristic.Uuid) is not null;

    /// <summary>A serial service says nothing of what stands behind it.</summary>
    private static bool IsTaken(BluetoothUuid service, IReadOnlyList<BluetoothUuid> vendorServices) =>
        ProfileRegistry.FindProfile(service) is not { IsShared: true } || vendorServices.Contains(service);

    /// <summary>Enhanced records beside plain ones would tell one measurement as two.</summary>
    private static bool IsToldTwice(GattCharacteristic characteristic, GattCharacteristic[] known) => characteristic.Uuid.Short switch
    {
        BloodPressureProfile.EnhancedMeasurementUuid => Array.Exists(known, other => other.Uuid.Short == BloodPressureProfile.MeasurementUuid && other.CanSubscribe),
        BloodPressureProfile.EnhancedCuffPressureUuid => Array.Exists(known, other => other.Uuid.Short == BloodPressureProfile.CuffPressureUuid && other.CanSubscribe),
        _ => false,
    };

    private static bool IsState(GattCharacteristic characteristic) =>
        characteristic.Uuid.Short is BatteryLevel or CgmProfile.SessionStartUuid or CgmProfile.RunTimeUuid;

    private static bool IsClock(GattCharacteristic characteristic) =>
        characteristic.Uuid.Short is CurrentTimeProfile.CurrentTimeUuid or CurrentTimeProfile.DateTimeUuid or ElapsedTimeProfile.CurrentElapsedTimeUuid;

    /// <summary>The clock's own notifications and those of the battery are no measurements: they would keep a connection open for nothing.</summary>
    private static bool IsMeasurement(GattCharacteristic characteristic) =>
        characteristic.CanSubscribe && !IsClock(characteristic) && characteristic.Uuid.Short != BatteryLevel
        && ProfileRegistry.FindProfile(characteristic.Service) is { Specialization: not null, Exchange: null };
}
