using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Devices;

/// <summary>Characteristics by kind of device, as the Bluetooth services require them.</summary>
internal static class ModelTable
{
    public const ushort GlucoseMeasurement = 0x2A18, RecordAccess = 0x2A52, CurrentTime = 0x2A2B, BatteryLevel = 0x2A19;

    private const ushort InformationService = 0x180A, TimeService = 0x1805, BatteryService = 0x180F;

    /// <summary>The characteristics that measure, and the control point.</summary>
    public static IReadOnlyList<ModelCharacteristic> Measurements(DeviceKind kind) => kind switch
    {
        DeviceKind.BloodPressure => [new(0x1810, 0x2A35, GattProperties.Indicate)],
        DeviceKind.Oximeter => [new(0x1822, 0x2A5E, GattProperties.Indicate)],
        DeviceKind.Thermometer => [new(0x1809, 0x2A1C, GattProperties.Indicate)],
        DeviceKind.Scale => [new(0x181D, 0x2A9D, GattProperties.Indicate), new(0x181B, 0x2A9C, GattProperties.Indicate)],
        DeviceKind.GlucoseMeter =>
        [
            new(0x1808, GlucoseMeasurement, GattProperties.Notify), new(0x1808, 0x2A34, GattProperties.Notify),
            new(0x1808, RecordAccess, GattProperties.Write | GattProperties.Indicate),
        ],
        DeviceKind.HeartRateStrap => [new(0x180D, 0x2A37, GattProperties.Notify)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Device Information, as far as the device has it.</summary>
    public static IEnumerable<(ModelCharacteristic Characteristic, byte[] Value)> Information(DeviceFile device)
    {
        (ushort Uuid, byte[]? Value)[] values =
        [
            (0x2A23, device.SystemId is { } id ? Convert.FromHexString(id) : null), (0x2A29, Text(device.Manufacturer)), (0x2A24, Text(device.Model)),
            (0x2A25, Text(device.Serial)), (0x2A26, Text(device.Firmware)),
        ];
        return values.Where(value => value.Value is not null)
            .Select(value => (new ModelCharacteristic(InformationService, value.Uuid, GattProperties.Read), value.Value!));
    }

    public static ModelCharacteristic Clock(bool isSettable) =>
        new(TimeService, CurrentTime, isSettable ? GattProperties.Read | GattProperties.Write : GattProperties.Read);

    public static ModelCharacteristic Battery() => new(BatteryService, BatteryLevel, GattProperties.Read);

    private static byte[]? Text(string? text) => text is null ? null : System.Text.Encoding.UTF8.GetBytes(text);
}
