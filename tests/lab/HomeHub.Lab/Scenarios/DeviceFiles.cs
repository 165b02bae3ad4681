namespace HomeHub.Lab.Scenarios;

/// <summary>Devices as the scenarios need them.</summary>
internal static class DeviceFiles
{
    /// <summary>By how much a device with a clock may be off the true time: its stamps hold whole seconds.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(2);

    /// <summary>Since when the devices are the patient's: what they have stored when they are set up is the patient's too.</summary>
    public const string InUseSince = "2026-01-01";

    public static string BloodPressure(string security, string more = "") =>
        $$"""{ "kind": "blood-pressure", "name": "Lab BP", "model": "BP-1", "serial": "1", "firmware": "1.0", "systemId": "010000FEFFEEFFC0", "security": "{{security}}"{{more}} }""";

    public static string Oximeter(string more = "") =>
        $$"""{ "kind": "oximeter", "name": "Lab SpO2", "model": "OX-1", "serial": "2", "firmware": "1.0", "security": "just-works"{{more}} }""";

    public static string Thermometer(string more = "") =>
        $$"""{ "kind": "thermometer", "name": "Lab Temp", "model": "TH-1", "serial": "3", "firmware": "1.0", "security": "just-works"{{more}} }""";

    /// <summary>A glucose meter whose stored records are the same at each start.</summary>
    public static string GlucoseMeter(int records, int sendIntervalMilliseconds = 20) => $$"""
        { "kind": "glucose-meter", "name": "Lab Glucose", "model": "GM-1", "serial": "4", "firmware": "1.0", "security": "just-works",
          "storedRecords": {{records}}, "storedEveryMinutes": 240, "storedUntil": "2026-11-20T08:00:00Z",
          "sendIntervalMilliseconds": {{sendIntervalMilliseconds}} }
        """;
}
