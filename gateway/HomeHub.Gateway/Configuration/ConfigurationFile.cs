using System.Text.Json;
using HomeHub.Contract;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Delivery;
using HomeHub.Gateway.Commands;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Configuration;

/// <summary>Reads the configuration file.</summary>
internal static class ConfigurationFile
{
    /// <summary>Largest configuration file, in bytes.</summary>
    public const int MaxFileBytes = 256 * 1024;

    /// <summary>Most recipients of a hub.</summary>
    public const int MaxRecipients = 8;

    /// <summary>Most further host names of the pages.</summary>
    public const int MaxNames = 16;

    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the file at <paramref name="path"/>. Paths in it are relative to its folder.</summary>
    /// <exception cref="UsageException">It can't be read or used; the message names the key.</exception>
    public static HubConfiguration Read(string path)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                throw new UsageException($"--config: the file is over {MaxFileBytes} bytes: {path}");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--config: the file can't be read: {path}");
        }

        return Parse(bytes, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/");
    }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="UsageException">It can't be used; the message names the key.</exception>
    public static HubConfiguration Parse(ReadOnlyMemory<byte> json, string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new ConfigurationSection(document.RootElement, ""), folder)
                : throw new UsageException("--config: the file is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new UsageException($"--config: the file is not JSON, line {error.LineNumber + 1}.");
        }
    }

    private static HubConfiguration Read(ConfigurationSection root, string folder)
    {
        ConfigurationSection log = root.Section("log"), telemetry = root.Section("telemetry"), buffer = root.Section("buffer"), catalogue = root.Section("catalogue");
        ConfigurationSection clock = root.Section("clock");
        var defaults = new HubConfiguration();
        var configuration = new HubConfiguration
        {
            Data = Resolve(root.Text("data"), folder),
            TimeZone = root.Text("timeZone") is { } zone ? HubOptions.FindTimeZone(zone) ?? throw root.Wrong("timeZone", HubOptions.TimeZoneForm) : null,
            TrustsClock = clock.Choice("trust", false, ("synchronised", false), ("always", true)),
            Broker = ReadBroker(root.Section("broker"), folder),
            Bluetooth = ReadBluetooth(root.Section("bluetooth")),
            Pages = ReadPages(root.Section("pages")),
            Room = ReadRoom(root.Section("room"), folder),
            Board = BoardConfiguration.Read(root.Section("board")),
            CatalogueFolder = Resolve(catalogue.Text("folder"), folder),
            Recipients = root.Texts("recipients", "names of a-z, 0-9 and dash, up to 32 characters", name => Topics.IsRecipient(name), MaxRecipients) is { } names
                ? [.. names.Select(name => new Recipient(name))]
                : defaults.Recipients,
            Upload = ReadUpload(root.Section("upload")),
            Delivery = ReadDelivery(root.Section("bundle")),
            BufferMaxSizeMiB = buffer.Number("maxSizeMiB", defaults.BufferMaxSizeMiB, 1, 1_000_000),
            BufferHistoryDays = buffer.Number("historyDays", defaults.BufferHistoryDays, 0, 36_500),
            LogLevel = log.Choice(
                "level",
                defaults.LogLevel,
                ("debug", LogLevel.Debug),
                ("information", LogLevel.Information),
                ("warning", LogLevel.Warning),
                ("error", LogLevel.Error)),
            LogJson = log.Choice("format", false, ("text", false), ("json", true)),
            TelemetryEndpoint = ReadEndpoint(telemetry),
        };
        log.End();
        telemetry.End();
        buffer.End();
        catalogue.End();
        clock.End();
        root.End();
        return configuration;
    }

    private static BrokerConfiguration ReadBroker(ConfigurationSection broker, string folder)
    {
        var configuration = new BrokerConfiguration
        {
            Url = broker.Text("url"),
            CaFile = Resolve(broker.Text("caFile"), folder),
            CertificateFile = Resolve(broker.Text("certificateFile"), folder),
            KeyFile = Resolve(broker.Text("keyFile"), folder),
            Username = broker.Text("username"),
            PasswordFile = Resolve(broker.Text("passwordFile"), folder),
        };
        broker.End();
        return configuration;
    }

    private static BluetoothConfiguration ReadBluetooth(ConfigurationSection bluetooth)
    {
        var configuration = new BluetoothConfiguration
        {
            IsEnabled = bluetooth.Flag("enabled"),
            Adapter = bluetooth.Text("adapter"),
            TakesEcg = bluetooth.Flag("ecg"),
            MaxConnections = bluetooth.Number("maxConnections", BluetoothConfiguration.DefaultMaxConnections, 1, 20),
        };
        bluetooth.End();
        return configuration;
    }

    private static RoomConfiguration ReadRoom(ConfigurationSection room, string folder)
    {
        var defaults = new RoomConfiguration();
        string sensor = room.Text("sensor") ?? RoomConfiguration.Auto;
        var configuration = new RoomConfiguration
        {
            IsEnabled = sensor != RoomConfiguration.Off,
            Sensor = sensor is RoomConfiguration.Auto or RoomConfiguration.Off ? null : sensor,
            Minutes = room.Number("minutes", RoomConfiguration.DefaultMinutes, (int)RoomSampler.Shortest.TotalMinutes, (int)RoomSampler.Longest.TotalMinutes),
            Folder = Resolve(room.Text("folder"), folder) ?? defaults.Folder,
        };
        room.End();
        return configuration;
    }

    private static PagesConfiguration ReadPages(ConfigurationSection pages)
    {
        string? url = pages.Text("url");
        if (url is not null && PagesConfiguration.ReadUrl(url) is null)
        {
            throw pages.Wrong("url", PagesConfiguration.UrlForm);
        }

        string? emergency = pages.Text("emergencyNumber");
        if (emergency is not null && !PagesConfiguration.IsNumber(emergency))
        {
            throw pages.Wrong("emergencyNumber", "a number to call, as 112");
        }

        var configuration = new PagesConfiguration
        {
            Url = url,
            EmergencyNumber = emergency,
            RedirectFrom = pages.Number("redirectFrom", PagesConfiguration.DefaultRedirectFrom, 0, ushort.MaxValue),
            HasOwnNetwork = pages.Choice("ownNetwork", true, ("first-visit", true), ("never", false)),
            Names = pages.Texts("names", "host names", name => Uri.CheckHostName(name) == UriHostNameType.Dns, MaxNames) ?? [],
        };
        pages.End();
        return configuration;
    }

    private static UploadOptions ReadUpload(ConfigurationSection upload)
    {
        var defaults = new UploadOptions();
        var options = new UploadOptions
        {
            StreamInterval = TimeSpan.FromSeconds(upload.Number("streamIntervalSeconds", (int)defaults.StreamInterval.TotalSeconds, 0, 86_400)),
            ChangePoints = upload.Number("batteryChangePoints", (int)defaults.ChangePoints, 1, 100),
            ChangeInterval = TimeSpan.FromHours(upload.Number("batteryIntervalHours", (int)defaults.ChangeInterval.TotalHours, 1, 8_760)),
            SendInvalid = upload.Flag("invalid"),
            SendTestData = upload.Flag("testMode"),
            SendIntermediate = upload.Flag("intermediate"),
        };
        upload.End();
        return options;
    }

    private static DeliveryOptions ReadDelivery(ConfigurationSection bundle)
    {
        var defaults = new DeliveryOptions();
        DeliveryOptions options = defaults with
        {
            MaxReadings = bundle.Number("maxReadings", defaults.MaxReadings, 1, 500),
            MaxWait = TimeSpan.FromMilliseconds(bundle.Number("maxWaitMilliseconds", (int)defaults.MaxWait.TotalMilliseconds, 0, 3_600_000)),
        };
        bundle.End();
        return options;
    }

    private static Uri? ReadEndpoint(ConfigurationSection telemetry) => telemetry.Text("endpoint") switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" => new Uri(text),
        _ => throw telemetry.Wrong("endpoint", "a URL of an OTLP collector, http://127.0.0.1:4317"),
    };

    private static string? Resolve(string? path, string folder) => path is null ? null : Path.GetFullPath(path, folder);
}
