namespace HomeHub.Core.Overview;

/// <summary>What the hub runs on.</summary>
/// <param name="IsOnBattery">Whether it runs on a battery; a hub that has none and runs is plugged in.</param>
/// <param name="BatteryPercent">How full the battery is, 0 to 100; null where there is none, or it does not tell.</param>
public sealed record HubPower(bool IsOnBattery, int? BatteryPercent = null);
