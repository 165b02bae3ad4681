using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Moving;
using HomeHub.Gateway.Service;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What a running hub is made of.</summary>
/// <param name="Folder">Data folder.</param>
/// <param name="Configuration">Configuration.</param>
/// <param name="Buffer">Where readings are safe.</param>
/// <param name="Encoder">Readings to FHIR.</param>
/// <param name="Uplink">The way to the relay.</param>
/// <param name="Consents">What people decided about their data.</param>
/// <param name="Audit">What persons did.</param>
/// <param name="WhyNotConnected">Why the broker is not reached, in words without secrets; null while it is.</param>
/// <param name="Loggers">Logs.</param>
/// <param name="Time">The clock.</param>
/// <param name="Clock">Whether it is right, and when the system started.</param>
/// <param name="Watcher">Who watches readings on their way; usually nobody.</param>
/// <param name="Radio">The radio; null where the hub runs without.</param>
/// <param name="Holding">Why what devices tell is held, and how much; null where the hub runs without a radio.</param>
/// <param name="Devices">The devices that were set up; null where the hub runs without a radio.</param>
/// <param name="RecentLog">The last lines of the log; null where nobody keeps them.</param>
internal sealed record HubParts(
    string Folder,
    HubConfiguration Configuration,
    IReadingBuffer Buffer,
    IBundleEncoder Encoder,
    IUplink Uplink,
    IConsentBook Consents,
    IAuditLog Audit,
    Func<string?> WhyNotConnected,
    ILoggerFactory Loggers,
    TimeProvider Time,
    IHubClock Clock,
    IReadingWatcher? Watcher = null,
    ICentral? Radio = null,
    HoldingState? Holding = null,
    IDeviceRegistry? Devices = null,
    RecentLines? RecentLog = null)
{
    /// <summary>The home's time zone, by which what devices tell is shown.</summary>
    public HubZone Zone => new(() => Home.Zone);

    /// <summary>Has the hub start anew.</summary>
    public HubRestart Restart { get; init; } = new(CancellationToken.None);

    /// <summary>Who started the hub and watches over it.</summary>
    public HubService Service { get; init; } = HubService.Unwatched(Time);

    /// <summary>Why the broker is not reached, as a kind; null while it is.</summary>
    public Func<UplinkFault?> Fault { get; init; } = () => null;

    /// <summary>How the room is, by its sensor; null where none is looked for.</summary>
    public Func<RoomNow>? Room { get; init; }

    /// <summary>That the disk refuses what is to be written, or takes it again.</summary>
    public DiskNews Disk { get; } = new();

    /// <summary>The home's time zone, as it is known by now.</summary>
    public HomeZone Home { get; init; } = new(Configuration.TimeZone);
}
