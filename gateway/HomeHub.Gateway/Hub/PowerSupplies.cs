using System.Globalization;
using HomeHub.Core.Overview;

namespace HomeHub.Gateway.Hub;

/// <summary>What the machine runs on, as the kernel tells it (Documentation/ABI/testing/sysfs-class-power): <c>type</c>, <c>online</c>, <c>status</c>, <c>capacity</c> of each supply.</summary>
internal static class PowerSupplies
{
    /// <summary>Where the kernel tells of power supplies.</summary>
    public const string Folder = "/sys/class/power_supply";

    /// <summary>What it runs on; null where a battery does not tell whether it is in use.</summary>
    public static HubPower? Read(string folder = Folder)
    {
        string[] supplies = [.. Supplies(folder).Where(supply => !Is(supply, "scope", "Device") && !Is(supply, "present", "0"))];
        string[] batteries = [.. supplies.Where(supply => Text(supply, "type") is "Battery" or "UPS")], mains = [.. supplies.Except(batteries).Where(supply => Text(supply, "online") is not null)];
        if (batteries.Length == 0)
        {
            return new HubPower(false);
        }

        int[] levels = [.. batteries.Select(battery => int.TryParse(Text(battery, "capacity"), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) ? percent : -1).Where(percent => percent is >= 0 and <= 100)];
        int? level = levels.Length == 0 ? null : levels.Min();
        bool? isOnBattery = mains.Any(supply => !Is(supply, "online", "0")) ? false
            : mains.Length > 0 || batteries.Any(battery => Is(battery, "status", "Discharging")) ? true
            : batteries.Any(battery => Text(battery, "status") is "Charging" or "Full" or "Not charging") ? false
            : null;
        return isOnBattery is { } known ? new HubPower(known, level) : null;
    }

    private static string[] Supplies(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Told as none: whatever the machine runs on, it runs.
            return [];
        }
    }

    private static bool Is(string supply, string attribute, string value) => Text(supply, attribute) == value;

    private static string? Text(string supply, string attribute)
    {
        try
        {
            return File.ReadAllText(Path.Combine(supply, attribute)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not each supply has each attribute, and a battery that is asked at the wrong moment answers with an error.
            return null;
        }
    }
}
