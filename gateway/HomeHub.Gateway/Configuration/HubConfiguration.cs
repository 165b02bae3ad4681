using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Configuration;

/// <summary>The hub's configuration (docs/configuration.md): defaults, the configuration file over them, options over both.</summary>
internal sealed record HubConfiguration
{
    private static readonly IReadOnlyList<Recipient> CareTeamOnly = [Recipient.CareTeam];

    /// <summary>Folder of the buffer; null when none is named.</summary>
    public string? Data { get; init; }

    /// <summary>The home's time zone; null while nobody has said it.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Whether the hub's clock is right without having been synchronised.</summary>
    public bool TrustsClock { get; init; }

    /// <summary>The broker.</summary>
    public BrokerConfiguration Broker { get; init; } = new();

    /// <summary>The radio.</summary>
    public BluetoothConfiguration Bluetooth { get; init; } = new();

    /// <summary>The pages on the home network.</summary>
    public PagesConfiguration Pages { get; init; } = new();

    /// <summary>The sensor of the room.</summary>
    public RoomConfiguration Room { get; init; } = new();

    /// <summary>Light, buzzer and button.</summary>
    public BoardConfiguration Board { get; init; } = new();

    /// <summary>Folder of the site's own files of the device catalogue; null for none.</summary>
    public string? CatalogueFolder { get; init; }

    /// <summary>Who gets readings, each only what people let it have; the first one's relay answers for the hub as a whole.</summary>
    public IReadOnlyList<Recipient> Recipients { get; init; } = CareTeamOnly;

    /// <summary>What leaves the hub of continuous data.</summary>
    public UploadOptions Upload { get; init; } = new();

    /// <summary>How readings are grouped and repeated.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>Size limit of the buffer, in MiB.</summary>
    public int BufferMaxSizeMiB { get; init; } = 512;

    /// <summary>How long receipted and local readings stay for the patient's own view, in days.</summary>
    public int BufferHistoryDays { get; init; } = 90;

    /// <summary>Least severe level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Whether a log line is a JSON object.</summary>
    public bool LogJson { get; init; }

    /// <summary>OTLP endpoint for metrics and traces; null: telemetry is off.</summary>
    public Uri? TelemetryEndpoint { get; init; }
}
