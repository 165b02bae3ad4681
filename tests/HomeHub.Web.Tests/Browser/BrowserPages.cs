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
        ("person-by-nurse", "/people/1", 0), ("nurse", "/nurse", 0),
        ("setup", "/setup", 0), ("setup-place", "/setup/place", 0), ("setup-network", "/setup/network", 0), ("setup-connection", "/setup/connection", 0), ("setup-people", "/setup/people", 0), ("setup-person-remove", "/setup/people/2/remove", 0), ("setup-devices", "/setup/devices", 0),
        ("setup-clocks", "/setup/clocks", 0), ("setup-consent", "/setup/consent", 0), ("setup-patient", "/setup/patient", 0), ("setup-summary", "/setup/summary", 0),
        ("person", "/people/1", 1), ("error-403", "/people", 1), ("error-404", "/nowhere", Nobody), ("design", "/design", Nobody),
    ];

    /// <summary>A hub about which there is something to tell.</summary>
    public static HubOverview Busy(DateTimeOffset now) => new OverviewDouble(now).Now with
    {
        Radio = CentralCondition.Ready,
        HeldBecause = HoldReason.TimeZoneNotSet,
        Held = 3,
        Counts = new BufferCounts { Buffered = 4, OldestUnreceiptedAt = now.AddHours(-2), LastReceiptAt = now.AddHours(-3), Unassigned = 1 },
        Devices =
        [
            new RegisteredDevice
            {
                Address = "C0:FF:EE:00:00:01", Name = "BPX-100", Patient = SampleReadings.Patient, PairedAt = now.AddDays(-20), Bond = BondSecurity.SecureConnectionsAuthenticated,
                LastSessionAt = now.AddMinutes(-12), LastValueAt = now.AddMinutes(-12),
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
