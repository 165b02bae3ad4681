using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab;

/// <summary>
/// A sensor of the room on the board: the registers of a Bosch BME280 behind the kernel's emulated I2C bus (i2c-stub), read by the kernel's own driver of it (bmp280-i2c), which makes an
/// industrial-I/O device of it.
/// </summary>
internal static class EmulatedSensor
{
    /// <summary>What the data sheet of the BMP280 works out for its example (3.12), in °C; the BME280 measures temperature the same way.</summary>
    public const string Celsius = "25.080";

    /// <summary>What the formula of the BME280's data sheet (4.2.3) works out for the registers below, in %: 55736 / 1024, in thousandths.</summary>
    public const string Percent = "54.430";

    private const string Address = "0x76", Modprobe = "/sbin/modprobe", Buses = "/sys/bus/i2c/devices", Devices = "/sys/bus/iio/devices";

    /// <summary>Registers by address: chip, calibration of temperature (27504, 26435, -1000) and humidity (75, 362, 0, 319, 50, 30), and what was measured (519888; 30281).</summary>
    private static readonly (byte Register, byte Value)[] Registers =
    [
        (0xD0, 0x60),
        (0x88, 0x70), (0x89, 0x6B), (0x8A, 0x43), (0x8B, 0x67), (0x8C, 0x18), (0x8D, 0xFC),
        (0xA1, 0x4B), (0xE1, 0x6A), (0xE2, 0x01), (0xE3, 0x00), (0xE4, 0x13), (0xE5, 0x2F), (0xE6, 0x03), (0xE7, 0x1E),
        (0xFA, 0x7E), (0xFB, 0xED), (0xFC, 0x00), (0xFD, 0x76), (0xFE, 0x49),
    ];

    /// <summary>Puts it on the board: the kernel has an industrial-I/O device then.</summary>
    public static async Task PlugInAsync()
    {
        await RunAsync(Modprobe, "i2c-dev");
        await RunAsync(Modprobe, "i2c-stub", $"chip_addr={Address}");
        await RunAsync(Modprobe, "bmp280-i2c");
        string bus = Bus();
        foreach ((byte register, byte value) in Registers)
        {
            await RunAsync("/usr/sbin/i2cset", "-y", Path.GetFileName(bus)[4..], Address, $"0x{register:X2}", $"0x{value:X2}", "b");
        }

        await File.WriteAllTextAsync(Path.Combine(bus, "new_device"), $"bme280 {Address}\n");
        await Laboratory.HoldsAsync(() => Task.FromResult(Find() is not null), "the kernel has an industrial-I/O device");
    }

    /// <summary>What the kernel prints of one of its channels.</summary>
    public static Task<string> PrintedAsync(string file) => File.ReadAllTextAsync(Path.Combine(Find()!, file));

    /// <summary>Pulls it off the board.</summary>
    public static async Task PullOutAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Bus(), "delete_device"), Address + "\n");
        await Laboratory.HoldsAsync(() => Task.FromResult(Find() is null), "the kernel has no industrial-I/O device any more");
    }

    private static string Bus() => Directory.GetDirectories(Buses, "i2c-*").Single(bus => File.ReadAllText(Path.Combine(bus, "name")).StartsWith("SMBus stub", StringComparison.Ordinal));

    private static string? Find() => Directory.Exists(Devices)
        ? Directory.GetDirectories(Devices, "iio:device*").FirstOrDefault(device => File.ReadAllText(Path.Combine(device, "name")).Trim() == "bme280")
        : null;

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Executable command = Executable.Start(program, arguments);
        int exit = await command.ExitAsync();
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)} ended with {exit}: {command.Error}");
    }
}
