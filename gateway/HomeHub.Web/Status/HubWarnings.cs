using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Web.Status;

/// <summary>What of a hub's state somebody should look at, the gravest first. Pure.</summary>
public static class HubWarnings
{
    /// <summary>How long the broker may be away before it is told of: routers start anew, mobile networks come and go.</summary>
    public static readonly TimeSpan BrokerPatience = TimeSpan.FromMinutes(10);

    /// <summary>Free space below which it is told of, in bytes.</summary>
    public const long LowBytes = 200L * 1024 * 1024;

    /// <summary>Temperature of the board from which on it is told of, in °C: where boards begin to slow down.</summary>
    public const decimal HotCelsius = 80;

    /// <summary>Battery level of a device from which down it is told of, in per cent.</summary>
    public const int LowBatteryPercent = 15;

    /// <summary>The warnings.</summary>
    public static IReadOnlyList<HubWarning> Of(HubOverview hub)
    {
        List<HubWarning> warnings = [];
        AddIf(hub.Counts.IsFull, WarningKind.BufferFull, hub.Counts.Buffered + hub.Counts.Sent);
        AddIf(hub.Power is { IsOnBattery: true }, WarningKind.OnBattery);
        AddIf(hub.FreeBytes < LowBytes, WarningKind.DiskLow);
        AddIf(hub.HeldBecause == HoldReason.TimeNotKnown, WarningKind.TimeNotKnown, hub.Held);
        AddIf(hub.HeldBecause == HoldReason.TimeZoneNotSet, WarningKind.TimeZoneNotSet, hub.Held);
        AddIf(hub.Radio is not (null or CentralCondition.Ready or CentralCondition.Starting), WarningKind.RadioNotReady);
        AddIf(!hub.IsConnected && hub.At - hub.BrokerSince >= BrokerPatience, WarningKind.BrokerAway, hub.Counts.Buffered + hub.Counts.Sent);
        AddIf(hub.SelfCheck?.Results.Any(IsNews) == true, WarningKind.SelfCheck);
        AddIf(hub.BoardCelsius >= HotCelsius, WarningKind.BoardHot);
        AddIf(hub.Counts.Unassigned > 0, WarningKind.Unassigned, hub.Counts.Unassigned);
        AddIf(hub.Counts.Rejected > 0, WarningKind.Rejected, hub.Counts.Rejected);
        AddIf(hub.Counts.Quarantined > 0, WarningKind.Quarantined, hub.Counts.Quarantined);
        return warnings;

        // What is known at every moment is told above, as it is now.
        bool IsNews(CheckResult result) => result.IsNews && !(result.Finding.Kind == CheckKind.Disk && hub.FreeBytes < LowBytes);

        void AddIf(bool isSo, WarningKind kind, long count = 0)
        {
            if (isSo)
            {
                warnings.Add(new HubWarning(kind, count));
            }
        }
    }
}
