using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Audit;
using HomeHub.Core.Naming;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Time;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Support;

/// <summary>The JSON files of a support bundle. Each names what it writes, so that nothing gets in that nobody thought of.</summary>
internal static class SupportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteDevices(Stream to, IReadOnlyList<RegisteredDevice> devices) => Write(to, json =>
    {
        json.WriteStartArray("devices");
        foreach (RegisteredDevice device in devices)
        {
            json.WriteStartObject();
            json.WriteString("tag", DeviceTag.Of(device.Address));
            json.WriteString("bond", DeviceJson.Bond(device.Bond));
            json.WriteNumber("people", device.People.Count());
            json.WriteString("pairedAt", Instant(device.PairedAt));
            json.WriteString("lastSessionAt", Instant(device.LastSessionAt));
            json.WritePropertyName("batteryPercent");
            JsonSerializer.Serialize(json, device.BatteryPercent);
            json.WriteString("trouble", device.Trouble is { } trouble ? KebabName.Of(trouble.Fault) : null);
            json.WriteString("troubleSince", Instant(device.Trouble?.Since));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteSettings(Stream to, HubConfiguration configuration) => Write(to, json =>
    {
        json.WriteString("timeZone", configuration.TimeZone?.Id);
        json.WriteBoolean("clockIsTrusted", configuration.TrustsClock);
        json.WriteBoolean("brokerHasCertificate", configuration.Broker.CertificateFile is not null);
        json.WriteBoolean("brokerHasCa", configuration.Broker.CaFile is not null);
        json.WriteBoolean("bluetooth", configuration.Bluetooth.IsEnabled);
        json.WriteNumber("bluetoothMaxConnections", configuration.Bluetooth.MaxConnections);
        json.WriteBoolean("bluetoothEcg", configuration.Bluetooth.TakesEcg);
        json.WriteBoolean("pages", configuration.Pages.Url is not null);
        json.WriteBoolean("ownCatalogue", configuration.CatalogueFolder is not null);
        json.WriteNumber("recipients", configuration.Recipients.Count);
        json.WriteNumber("bufferMaxSizeMiB", configuration.BufferMaxSizeMiB);
        json.WriteNumber("bufferHistoryDays", configuration.BufferHistoryDays);
        json.WriteString("logLevel", configuration.LogLevel.ToString());
        json.WriteBoolean("telemetry", configuration.TelemetryEndpoint is not null);
    });

    public static void WriteSystem(Stream to, string folder, IHubClock clock, DateTimeOffset now) => Write(to, json =>
    {
        json.WriteString("version", Adapters.SoftwareVersion);
        json.WriteString("at", Instant(now));
        json.WriteBoolean("isTimeKnown", clock.IsTimeKnown);
        json.WriteNumber("uptimeSeconds", (long)clock.Uptime.TotalSeconds);
        json.WriteString("system", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.OSArchitecture.ToString());
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("processBytes", Environment.WorkingSet);
        json.WriteNumber("freeBytes", new DriveInfo(folder).AvailableFreeSpace);
        json.WritePropertyName("boardCelsius");
        JsonSerializer.Serialize(json, BoardTemperature.Read());
        json.WriteStartObject("files");
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            json.WriteNumber(file.Name, file.Length);
        }

        json.WriteEndObject();
    });

    public static void WriteAudit(Stream to, AuditCheck audit) => Write(to, json =>
    {
        json.WriteNumber("entries", audit.Entries);
        json.WriteString("mark", audit.Head);
        json.WriteBoolean("whole", audit.BrokenAt is null);
        json.WritePropertyName("brokenAt");
        JsonSerializer.Serialize(json, audit.BrokenAt);
    });

    private static void Write(Stream to, Action<Utf8JsonWriter> write)
    {
        using var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
        json.Flush();
        to.Write("\n"u8);
    }

    private static string? Instant(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
