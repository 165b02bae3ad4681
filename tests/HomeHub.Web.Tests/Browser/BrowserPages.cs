using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Browser;

/// <summary>Every page that is looked at: a name for its picture, its path, and who is signed in. A new page is a line here.</summary>
internal static class BrowserPages
{
    /// <summary>Nobody is signed in.</summary>
    public const int Nobody = -1;

    public static readonly (string Name, string Path, int Account)[] All =
    [
        ("sign-in", "/sign-in", Nobody), ("pin-nurse", "/sign-in/0", Nobody), ("pin-person", "/sign-in/1", Nobody), ("status", "/status", 0), ("people", "/people", 0),
        ("person-by-nurse", "/people/1", 0), ("nurse", "/nurse", 0), ("support", "/support", 0), ("consent-by-nurse", "/people/1/consent", 0),
        ("person", "/people/1", 1), ("person-settings", "/people/1/settings", 1), ("trends", "/people/1/trends?days=30", 1), ("consent", "/people/1/consent", 1),
        ("data", "/people/1/data", 1), ("acts-person", "/people/1/acts", 1), ("acts", "/acts", 0),
        ("readings", "/readings", 0), ("reading-nobodys", "/readings/1", 0), ("reading", "/readings/2", 0), ("enter", "/readings/enter", 0),
        ("enter-pressure", "/readings/enter?kind=blood-pressure", 0),
        ("devices", "/devices", 0), ("near", "/devices/near", 0), ("pair", $"/devices/near/{DeviceScene.New}", 0), ("device", $"/devices/{DeviceScene.Cuff}", 0),
        ("device-slots", $"/devices/{DeviceScene.Scale}", 0), ("test-reading", $"/devices/{DeviceScene.Free}/test", 0), ("decide", $"/devices/{DeviceScene.Free}/readings", 0),
        ("use", $"/devices/{DeviceScene.Free}/people", 0), ("take", $"/devices/{DeviceScene.Cuff}/take", 0), ("replace", $"/devices/{DeviceScene.Cuff}/replace", 0),
        ("forget", $"/devices/{DeviceScene.Cuff}/forget", 0),
        ("setup", "/setup", 0), ("setup-place", "/setup/place", 0), ("setup-connection", "/setup/connection", 0), ("setup-people", "/setup/people", 0),
        ("setup-person-remove", "/setup/people/2/remove", 0), ("setup-devices", "/setup/devices", 0), ("setup-clocks", "/setup/clocks", 0),
        ("setup-consent", "/setup/consent", 0), ("setup-patient", "/setup/patient", 0), ("setup-summary", "/setup/summary", 0),
        ("erase", "/people/1/erase", 0), ("erase-confirm", "/people/1/erase/confirm?all=yes", 1), ("leave", "/people/1/leave", 0),
        ("setup-network", "/setup/network", 0),
        ("error-403", "/people", 1), ("error-404", "/nowhere", Nobody), ("design", "/design", Nobody),
    ];

    /// <summary>A hub about which there is something to tell.</summary>
    public static HubOverview Busy(DateTimeOffset now) => new OverviewDouble(now).Now with
    {
        Radio = CentralCondition.Ready,
        BoardCelsius = 51.4m,
        HeldBecause = HoldReason.TimeZoneNotSet,
        Held = 3,
        Counts = new BufferCounts { Buffered = 4, OldestUnreceiptedAt = now.AddHours(-2), LastReceiptAt = now.AddHours(-3), Unassigned = 1 },
        Devices =
        [
            new RegisteredDevice
            {
                Address = "C0:FF:EE:00:00:01", Name = "BPX-100", Patient = SampleReadings.Patient, PairedAt = now.AddDays(-20), Bond = BondSecurity.SecureConnectionsAuthenticated,
                LastSessionAt = now.AddMinutes(-12), LastValueAt = now.AddMinutes(-12), BatteryPercent = 81,
            },
            new RegisteredDevice
            {
                Address = "C0:FF:EE:00:00:02", Name = "Scale", Patient = null, PairedAt = now.AddDays(-20), Slots = UserSlots.None.With(1, SampleReadings.Patient, now.AddDays(-20)).With(2, SampleReadings.OtherPatient, now.AddDays(-20)),
                LastSessionAt = now.AddDays(-3), LastValueAt = now.AddDays(-3), ExpectedEvery = TimeSpan.FromDays(1),
                Trouble = new DeviceTrouble(PeripheralFault.BondLost, now.AddDays(-1), "Pair it again."),
            },
        ],
    };
}
