using System.Globalization;
using System.Text.Json;
using HomeHub.Simulation.Household;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>Reads and checks device files.</summary>
public static class DeviceFileReader
{
    /// <summary>Largest device file, in bytes.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 20;

    /// <summary>Most steps of a script.</summary>
    public const int MaxSteps = 10_000;

    private const double MaxClockOffsetSeconds = 366 * 86_400d;
    private const int MaxOperations = 10_000;
    private const double MaxDelaySeconds = 3600;

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="HouseholdException">It is missing or can't be used; the message names the key.</exception>
    public static DeviceFile Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.Length <= MaxFileBytes ? Parse(file) : throw new HouseholdException($"The device file is over {MaxFileBytes} bytes: {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HouseholdException($"The device file can't be read: {path}", error);
        }
    }

    /// <summary>Reads a device and checks it.</summary>
    /// <exception cref="HouseholdException">It can't be used; the message names the key.</exception>
    public static DeviceFile Parse(Stream json)
    {
        try
        {
            DeviceFile device = JsonSerializer.Deserialize<DeviceFile>(json, HouseholdJson.Options) ?? throw new HouseholdException("The device file is empty.");
            Check(device);
            return device;
        }
        catch (JsonException error)
        {
            string where = string.IsNullOrEmpty(error.Path) || error.Path == "$" ? "" : $" at {error.Path[2..]}";
            throw new HouseholdException($"The device file is not as docs/simulation.md says{where}.", error);
        }
    }

    private static void Check(DeviceFile device)
    {
        Expect(device.Name.Length is > 0 and <= MaxNameLength, "name", $"1 to {MaxNameLength} characters");
        Expect(device.SystemId is null || (device.SystemId.Length == 16 && device.SystemId.All(char.IsAsciiHexDigit)), "systemId", "16 hex digits");
        Expect(Math.Abs(device.ClockOffsetSeconds) <= MaxClockOffsetSeconds, "clockOffsetSeconds", "at most a year");
        Expect(Math.Abs(device.ClockDriftPpm) <= 100_000, "clockDriftPpm", "at most 100000");
        Expect(device.BatteryPercent is null or <= 100, "batteryPercent", "0 to 100");
        Expect(device.UserIndex is null or < 255, "userIndex", "0 to 254");
        Expect(device.StoredRecords is >= 0 and <= DeviceFile.MaxStoredRecords, "storedRecords", $"0 to {DeviceFile.MaxStoredRecords}");
        Expect(device.StoredEveryMinutes is > 0 and <= 1e6, "storedEveryMinutes", "more than 0, to 1e6");
        Expect(device.SendIntervalMilliseconds is >= 0 and <= 60_000, "sendIntervalMilliseconds", "0 to 60000");
        Expect(device.Script.Count <= MaxSteps, "script", $"at most {MaxSteps} steps");
        for (int i = 0; i < device.Script.Count; i++)
        {
            Check(device, device.Script[i], $"script[{i}]");
        }
    }

    private static void Check(DeviceFile device, ScriptStep step, string key)
    {
        Expect(step.Count is > 0 and <= DeviceFile.MaxStoredRecords, $"{key}.count", $"1 to {DeviceFile.MaxStoredRecords}");
        Expect(
            step.At is null || (step.At.Value.Value >= TimeSpan.Zero && step.At.Value.Value <= ScriptTime.MaxFromStart),
            $"{key}.at",
            $"a time of day, hh:mm, or a time from the start, hh:mm:ss, at most {ScriptTime.MaxFromStart.TotalDays} days");
        Expect(step.AfterRecord is null or > 0, $"{key}.afterRecord", "at least 1");
        Expect(Math.Abs(step.OffsetSeconds) <= MaxClockOffsetSeconds, $"{key}.offsetSeconds", "at most a year");
        Expect(step.Operations is > 0 and <= MaxOperations, $"{key}.operations", $"1 to {MaxOperations}");
        Expect(step.AttError > 0, $"{key}.attError", "1 to 255");
        Expect(step.DelaySeconds is > 0 and <= MaxDelaySeconds, $"{key}.delaySeconds", $"more than 0, to {MaxDelaySeconds}");
        Expect(
            step.Characteristic is null ? step.Do != ScriptAction.Fault : step.Characteristic.Length == 4 && step.Characteristic.All(char.IsAsciiHexDigit),
            $"{key}.characteristic",
            "four hex digits, for a fault");
        IReadOnlyList<MeasuredValue> known = MeasuredValue.Of(device.Kind);
        foreach ((string name, decimal value) in step.Values)
        {
            MeasuredValue? measured = known.FirstOrDefault(other => other.Name == name);
            Expect(measured is not null, $"{key}.values.{name}", string.Join(", ", known.Select(other => other.Name)));
            Expect(
                value >= measured!.Low && value <= measured.High && value % measured.Step == 0,
                $"{key}.values.{name}",
                string.Create(CultureInfo.InvariantCulture, $"{measured.Low} to {measured.High} in steps of {measured.Step}"));
        }
    }

    private static void Expect(bool holds, string key, string expected)
    {
        if (!holds)
        {
            throw new HouseholdException($"The device file's {key} must be: {expected}.");
        }
    }
}
