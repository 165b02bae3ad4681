using System.Text.Json;
using HomeHub.Core.Identity;

namespace HomeHub.Simulation.Household;

/// <summary>Reads and checks household files.</summary>
public static class HouseholdFile
{
    /// <summary>Name of the household that is built in.</summary>
    public const string DemoName = "demo";

    /// <summary>Largest household file, in bytes.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Reads the file at <paramref name="path"/>; <c>demo</c> is the household that is built in.</summary>
    /// <exception cref="HouseholdException">The file is missing or can't be used; the message names the key.</exception>
    public static HouseholdDescription Read(string path)
    {
        if (path == DemoName)
        {
            using Stream demo = OpenDemo();
            return Parse(demo);
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return file.Length <= MaxFileBytes
                ? Parse(file)
                : throw new HouseholdException($"The household file is over {MaxFileBytes} bytes: {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HouseholdException($"The household file can't be read: {path}", error);
        }
    }

    /// <summary>The household that is built in, as a file would describe it.</summary>
    public static string DemoText()
    {
        using var reader = new StreamReader(OpenDemo());
        return reader.ReadToEnd();
    }

    /// <summary>Reads a household and checks it.</summary>
    /// <exception cref="HouseholdException">It can't be used; the message names the key.</exception>
    public static HouseholdDescription Parse(Stream json)
    {
        try
        {
            HouseholdDescription household = JsonSerializer.Deserialize<HouseholdDescription>(json, HouseholdJson.Options)
                ?? throw new HouseholdException("The household file is empty.");
            Check(household);
            return household;
        }
        catch (JsonException error)
        {
            string where = string.IsNullOrEmpty(error.Path) || error.Path == "$" ? "" : $" at {error.Path[2..]}";
            throw new HouseholdException($"The household file is not as docs/simulation.md says{where}: {FirstSentence(error.Message)}", error);
        }
    }

    private static Stream OpenDemo() => typeof(HouseholdFile).Assembly.GetManifestResourceStream("demo-household.json")
        ?? throw new InvalidOperationException("The demo household is not in the assembly.");

    private static void Check(HouseholdDescription household)
    {
        Expect(household.Devices is { Count: > 0 and <= HouseholdDescription.MaxDevices }, "devices", $"1 to {HouseholdDescription.MaxDevices} devices");
        Expect(household.Speed is >= 0 and <= 1e9, "speed", "0 to 1e9 simulated seconds a second");
        var addresses = new HashSet<string>();
        for (int i = 0; i < household.Devices.Count; i++)
        {
            DeviceDescription device = household.Devices[i];
            Check(device, $"devices[{i}].");
            Expect(addresses.Add(device.Address), $"devices[{i}].address", "an address that no other device has");
        }
    }

    private static void Check(DeviceDescription device, string at)
    {
        Expect(PatientReference.TryParse(device.Patient, out _), at + "patient", "Patient/id or system|value");
        Expect(IsAddress(device.Address), at + "address", "six octets in upper-case hex, C0:FF:EE:00:00:01");
        Expect(device.SystemId is null || IsHex(device.SystemId, 16), at + "systemId", "16 hex digits");
        Expect(device.Connections is > 0 and <= DeviceDescription.MaxConnections, at + "connections", $"1 to {DeviceDescription.MaxConnections}");
        Expect(
            device.ReadingsPerConnection is > 0 and <= DeviceDescription.MaxReadingsPerConnection,
            at + "readingsPerConnection",
            $"1 to {DeviceDescription.MaxReadingsPerConnection}");
        Expect(device.FirstAfterMinutes is >= 0 and <= 1e6, at + "firstAfterMinutes", "0 to 1e6");
        Expect(device.EveryMinutes is > 0 and <= 1e6, at + "everyMinutes", "more than 0, to 1e6");
        Expect(Math.Abs((long)device.ClockOffsetSeconds) <= 86_400 * 366L, at + "clockOffsetSeconds", "at most a year");
        Expect(device.BatteryPercent is null or (>= 0 and <= 100), at + "batteryPercent", "0 to 100");
    }

    private static void Expect(bool holds, string key, string expected)
    {
        if (!holds)
        {
            throw new HouseholdException($"The household file's {key} must be: {expected}.");
        }
    }

    private static bool IsAddress(string address) =>
        address.Length == 17 && address.Split(':') is { Length: 6 } octets
        && octets.All(octet => IsHex(octet, 2) && !octet.Any(char.IsAsciiLetterLower));

    private static bool IsHex(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigit);

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
