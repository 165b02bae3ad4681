namespace HomeHub.Architecture.Tests;

/// <summary>
/// The table of rooms, as ARCHITECTURE.md draws it. A new project is a line here, and a reason in a decision record when it
/// changes who may refer to whom.
/// </summary>
internal static class House
{
    private const string Gateway = "gateway";
    private const string Relay = "cloud-relay";
    private const string Profiles = "firmware-profiles";

    /// <summary>Referred to by every shipped project: it only looks at the source.</summary>
    public const string Analyzer = "Microsoft.CodeAnalysis.BannedApiAnalyzers";

    private static readonly string[] Sqlite = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"];
    private static readonly string[] Telemetry = ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"];

    /// <summary>Shipped projects, those that are still to come included.</summary>
    public static readonly Room[] Rooms =
    [
        new("HomeHub.Profiles", Profiles, [], []),
        new("HomeHub.Core", Gateway, ["HomeHub.Profiles"], []),
        new("HomeHub.DBus", Gateway, [], []),
        new("HomeHub.Mosquitto", Relay, [], []),
        new("HomeHub.Contract", Relay, [], []),
        Adapter("HomeHub.BlueZ", ["HomeHub.DBus"]),
        Adapter("HomeHub.Network", ["HomeHub.DBus"]),
        Adapter("HomeHub.Hardware", [], ["System.Device.Gpio"]),
        Adapter("HomeHub.Fhir", []),
        Adapter("HomeHub.Sqlite", [], Sqlite),
        Adapter("HomeHub.Mqtt", ["HomeHub.Contract", "HomeHub.Mosquitto"]),
        Adapter("HomeHub.Simulation", ["HomeHub.DBus"]),
        new("HomeHub.Simulator", Gateway, ["HomeHub.Simulation", "HomeHub.DBus", "HomeHub.Core", "HomeHub.Profiles"], ["System.CommandLine"]),
        new("HomeHub.Web", Gateway, ["HomeHub.Core", "HomeHub.Profiles"], ["QRCoder"], Web: true),
        new(
            "HomeHub.Gateway",
            Gateway,
            [
                "HomeHub.Profiles", "HomeHub.Core", "HomeHub.DBus", "HomeHub.Mosquitto", "HomeHub.Contract", "HomeHub.BlueZ", "HomeHub.Network", "HomeHub.Hardware",
                "HomeHub.Fhir", "HomeHub.Sqlite", "HomeHub.Mqtt", "HomeHub.Simulation", "HomeHub.Web",
            ],
            ["System.CommandLine", "Spectre.Console", .. Telemetry],
            Web: true),
        new("HomeHub.CloudRelay", Relay, ["HomeHub.Contract", "HomeHub.Mosquitto"], ["System.CommandLine", .. Sqlite, .. Telemetry], Web: true),
    ];

    /// <summary>Projects under tests/ that stand for no single shipped project, each with its reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> TestsWithoutRoom = new Dictionary<string, string>
    {
        ["HomeHub.Architecture.Tests"] = "holds the whole tree to its rules",
        ["HomeHub.EndToEnd.Tests"] = "runs the programs as processes",
        ["HomeHub.Testing"] = "doubles and contract suites that test projects share",
        ["HomeHub.Lab"] = "plays scenarios inside the laboratory's guest",
        ["HomeHub.Benchmarks"] = "measures; tests nothing",
    };

    /// <summary>What may stand at the root of the repository.</summary>
    public static readonly string[] TopLevel =
    [
        "gateway", "firmware-profiles", "cloud-relay", "tests", "HomeHub.sln", "README.md", "install.sh", "Dockerfile", "compose.yaml",
        "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE",
        "CONTRIBUTING.md", "docs", "tools", ".ci", ".gitignore", ".gitattributes", ".dockerignore",
    ];

    public static Room? Find(string project) => Array.Find(Rooms, room => room.Name == project);

    /// <summary>An adapter knows the domain and its own binding, never another adapter.</summary>
    private static Room Adapter(string name, string[] bindings, string[]? packages = null) =>
        new(name, Gateway, ["HomeHub.Core", "HomeHub.Profiles", .. bindings], packages ?? []);
}
