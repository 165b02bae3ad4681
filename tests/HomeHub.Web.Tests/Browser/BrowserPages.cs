using HomeHub.Core.Buffering;
using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Testing;
using HomeHub.Web.Tests.Bench;
using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>Every page that is looked at: a name for its picture, its path, and who is signed in. A new page is a line here.</summary>
internal static class BrowserPages
{
    /// <summary>Pages that are only there while something is under way, and are looked at in the flow that it is: <see cref="MoveTests"/>, and joining in <see cref="SetupBrowserTests"/>.</summary>
    public static readonly string[] InFlows =
    [
        "ArchivePage", "MoveCodePage", "MovedPage", "RestartPage", "TakeInPage", "TakenInPage", "UndoMovePage", "WipedPage", "WipePage", "JoiningPage",
    ];

    /// <summary>Nobody is signed in.</summary>
    public const int Nobody = -1;

    private const string EnterCheck = "/readings/enter/check", DecidePath = $"/devices/{DeviceScene.Free}/readings", UsePath = $"/devices/{DeviceScene.Free}/people",
        ReplacePath = $"/devices/{DeviceScene.Cuff}/replace", PairPath = $"/devices/near/{DeviceScene.Asking}", NumberPath = $"{PairPath}/number";

    public static readonly PageVisit[] All =
    [
        new("sign-in", "/sign-in", Nobody), new("pin-nurse", "/sign-in/0", Nobody), new("pin-person", "/sign-in/1", Nobody), new("status", "/status", 0),
        new("people", "/people", 0), new("person-by-nurse", "/people/1", 0), new("nurse", "/nurse", 0), new("support", "/support", 0),
        new("consent-by-nurse", "/people/1/consent", 0), new("person", "/people/1", 1), new("person-settings", "/people/1/settings", 1),
        new("trends", "/people/1/trends?days=30", 1), new("consent", "/people/1/consent", 1), new("data", "/people/1/data", 1), new("acts-person", "/people/1/acts", 1),
        new("acts", "/acts", 0), new("readings", "/readings", 0), new("reading-nobodys", "/readings/1", 0), new("reading", "/readings/2", 0),
        new("enter", "/readings/enter", 0), new("enter-pressure", "/readings/enter?kind=blood-pressure", 0), new("devices", "/devices", 0), new("near", "/devices/near", 0),
        new("pair", $"/devices/near/{DeviceScene.New}", 0), new("device", $"/devices/{DeviceScene.Cuff}", 0), new("device-slots", $"/devices/{DeviceScene.Scale}", 0),
        new("test-reading", $"/devices/{DeviceScene.Free}/test", 0), new("decide", $"/devices/{DeviceScene.Free}/readings", 0),
        new("use", $"/devices/{DeviceScene.Free}/people", 0), new("take", $"/devices/{DeviceScene.Cuff}/take", 0),
        new("replace", $"/devices/{DeviceScene.Cuff}/replace", 0), new("forget", $"/devices/{DeviceScene.Cuff}/forget", 0), new("setup", "/setup", 0),
        new("setup-place", "/setup/place", 0), new("setup-connection", "/setup/connection", 0), new("setup-people", "/setup/people", 0),
        new("setup-person-remove", "/setup/people/2/remove", 0), new("setup-devices", "/setup/devices", 0), new("setup-clocks", "/setup/clocks", 0),
        new("setup-consent", "/setup/consent", 0), new("setup-patient", "/setup/patient", 0), new("setup-summary", "/setup/summary", 0), new("erase", "/people/1/erase", 0),
        new("erase-confirm", "/people/1/erase/confirm?all=yes", 1), new("leave", "/people/1/leave", 0), new("setup-network", "/setup/network", 0), new("move", "/move", 0),
        new("error-403", "/people", 1) { Status = 403 }, new("error-404", "/nowhere", Nobody) { Status = 404 }, new("design", "/design", Nobody),
        .. Answers,
    ];

    /// <summary>Pages that answer a form: shown back, done, or what was wrong.</summary>
    private static PageVisit[] Answers =>
    [
        Sent("pin-wrong", "/sign-in/1", Nobody, "/sign-in/1", ("pin", "0000")) with { Wrong = "#pin" },
        Sent("pin-change-wrong", "/people/1/settings", 1, "/people/1/pin", ("old", PagesBench.PersonPin), ("pin", "1111"), ("again", "1111")) with { Wrong = "#pin" },
        Sent("nurse-pin-wrong", "/nurse", 0, "/nurse/pin", ("old", PagesBench.NursePin), ("pin", "739104"), ("again", "739105")) with { Wrong = "#pin" },
        Sent("consent-check", "/people/1/consent", 0, "/people/1/consent/check", ("kind", "weight"), ("present", "nurse 7"), ("answer", "yes")),
        Sent("consent-check-own", "/people/1/consent", 1, "/people/1/consent/check", ("kind", "weight"), ("answer", "no")),
        Sent("consent-wrong", "/people/1/consent", 0, "/people/1/consent/check", ("present", "nurse 7"), ("answer", "yes")),
        Sent("reading-wrong", "/readings/1", 0, "/readings/1/assign"),
        Sent("enter-check", "/readings/enter?kind=weight", 0, EnterCheck, ("whose", "1"), ("value", "81.4"), ("by", "nurse 7")),
        Sent("enter-wrong", "/readings/enter?kind=weight", 0, EnterCheck, ("whose", "1"), ("value", "8140"), ("by", "nurse 7")),
        Sent("enter-twice", "/readings/enter?kind=weight", 0, EnterCheck, ("whose", "1"), ("value", "81.4"), ("by", "nurse 7"), ("at", "2025-10-26T02:30")),
        Sent("summary", "/people/1/data", 1, "/people/1/data/summary"), Sent("data-left-out", "/people/1/data", 1, "/people/1/data/csv"),
        Sent("decide-check", DecidePath, 0, DecidePath, ("reading-1", "test")), Sent("use-check", UsePath, 0, UsePath, ("person", "1")),
        Sent("use-wrong", UsePath, 0, UsePath, ("since", "yesterday"), ("slot", "700"), ("code", "x")) with { Wrong = "#since" },
        Sent("replace-check", ReplacePath, 0, ReplacePath, ("by", DeviceScene.Free)), new("take-slot", $"/devices/{DeviceScene.Scale}/take/1", 0),
        new("number", NumberPath, 0) { Then = AskNumberAsync },
        new("number-wrong", NumberPath, 0)
        {
            Then = async page =>
            {
                await AskNumberAsync(page);
                await SentForm.SendAsync(page, NumberPath, ("passkey", "12 monkeys"));
            },
            Wrong = "#passkey",
        },
        Sent("setup-person-check", "/setup/people", 0, "/setup/people/check", ("id", "urn:oid:2.16.724.4.40|4711")),
        Sent("setup-person-wrong", "/setup/people", 0, "/setup/people/check", ("id", "123")) with { Wrong = "#id" },
        Sent("setup-place-wrong", "/setup/place", 0, "/setup/place") with { Wrong = "#zone" },
        Sent("setup-network-wrong", "/setup/network", 0, "/setup/network/join", ("network", SentForm.First)) with { Wrong = "#passphrase" },
        Sent("erased", "/people/2/erase/confirm?all=yes", 0, "/people/2/erase", ("confirmed", "yes")),
        Sent("leave-held", "/people/2/leave", 0, "/people/2/leave", ("confirmed", "yes")), Sent("error-400", "/people/1/erase/confirm", 1, "/people/1/erase"),
    ];

    /// <summary>A hub about which there is something to tell.</summary>
    public static HubOverview Busy(DateTimeOffset now) => new OverviewDouble(now).Now with
    {
        SelfCheck = SelfCheckReport.Of(
            [
                new CheckFinding(CheckKind.Database, CheckOutcome.Good), new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.FewInodes, "412"),
                new CheckFinding(CheckKind.Clock, CheckOutcome.Unknown, CheckReason.TimeNotKnown), new CheckFinding(CheckKind.Certificates, CheckOutcome.Bad, CheckReason.CertificateEnded, "care-team-broker-authority.pem until 2026-11-01"),
                new CheckFinding(CheckKind.Adapter, CheckOutcome.Off),
            ],
            null,
            now.AddHours(-3)),
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

    private static PageVisit Sent(string name, string path, int account, string action, params (string Name, string Value)[] fields) =>
        new(name, path, account) { Then = SentForm.To(action, fields) };

    /// <summary>Pairs until the device asks for its number.</summary>
    private static async Task AskNumberAsync(IPage page)
    {
        string root = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
        await page.GotoAsync(root + PairPath);
        if (await page.Locator($"form[action='{PairPath}/pair']").CountAsync() > 0)
        {
            await SentForm.SendAsync(page, $"{PairPath}/pair");
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                await page.GotoAsync(root + NumberPath);
                return await page.Locator("#passkey").CountAsync() > 0;
            },
            () => "the device asks for its number",
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(50));
    }
}
