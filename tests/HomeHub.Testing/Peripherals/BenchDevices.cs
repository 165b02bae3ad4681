using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;

namespace HomeHub.Testing.Peripherals;

/// <summary>The devices of the contract suite.</summary>
public static class BenchDevices
{
    public static DeviceFile Cuff { get; } = new()
    {
        Kind = DeviceKind.BloodPressure, Name = "Bench Cuff", Manufacturer = "Example", Model = "BP-1", Serial = "1", Firmware = "1.0",
        BatteryPercent = 80, SendIntervalMilliseconds = 0,
    };

    public static DeviceFile BondedCuff { get; } = Cuff with { Security = DeviceSecurity.JustWorks };

    public static DeviceFile PasskeyCuff { get; } = Cuff with { Security = DeviceSecurity.Passkey };

    /// <summary>Slow enough that a transfer can be aborted in its middle.</summary>
    public static DeviceFile Meter { get; } = new()
    {
        Kind = DeviceKind.GlucoseMeter, Name = "Bench Meter", StoredRecords = 25, SendIntervalMilliseconds = 1,
    };
}
