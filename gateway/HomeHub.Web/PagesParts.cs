using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Erasure;
using HomeHub.Core.Export;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.Network;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Core.Time;
using HomeHub.Profiles.Catalogue;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web;

/// <summary>What the pages are made over: what Core has, nothing else. A page that needs another port gets it here.</summary>
public sealed record PagesParts
{
    /// <summary>Who the hub is.</summary>
    public required HubIdentity Hub { get; init; }

    /// <summary>Who lives with it, and how they sign in.</summary>
    public required IHousehold Household { get; init; }

    /// <summary>How the hub is.</summary>
    public required IHubOverview Overview { get; init; }

    /// <summary>The readings.</summary>
    public required IReadingBuffer Buffer { get; init; }

    /// <summary>Where what persons say about readings is done and noted.</summary>
    public required ReadingDesk Readings { get; init; }

    /// <summary>Where a person's readings are erased and that is noted.</summary>
    public required ErasureDesk Erasure { get; init; }

    /// <summary>What people decided about their data.</summary>
    public required IConsentBook Consents { get; init; }

    /// <summary>Who gets readings.</summary>
    public required IReadOnlyList<Recipient> Recipients { get; init; }

    /// <summary>Writes readings out for the person whose they are.</summary>
    public required IReadingExport Export { get; init; }

    /// <summary>What persons did.</summary>
    public required IAuditLog Audit { get; init; }

    /// <summary>The devices that were set up.</summary>
    public required IDeviceRegistry Devices { get; init; }

    /// <summary>Where what persons do with devices that are set up is done and noted.</summary>
    public required DeviceDesk DeviceDesk { get; init; }

    /// <summary>Where devices are set up; null where the hub runs without a radio.</summary>
    public SetupDesk? Setup { get; init; }

    /// <summary>What is near; null where the hub runs without a radio.</summary>
    public NearbyWatch? Nearby { get; init; }

    /// <summary>The device models that are known, with their pairing steps.</summary>
    public required DeviceCatalogue Models { get; init; }

    /// <summary>The radio; null where the hub runs without.</summary>
    public ICentral? Radio { get; init; }

    /// <summary>What the hub knows of its own clock.</summary>
    public required IHubClock Clock { get; init; }

    /// <summary>Writes the support bundle (ZIP), which holds no health data.</summary>
    public required Func<Stream, CancellationToken, Task> WriteSupportBundle { get; init; }

    /// <summary>Moves the hub's history to the hub that takes its place, or takes that of the one before.</summary>
    public required IHubMove Move { get; init; }

    /// <summary>The home's time zone, which the guide sets.</summary>
    public required HomeZone Zone { get; init; }

    /// <summary>What is known of the way to the care team.</summary>
    public required IConnectionFacts Connection { get; init; }

    /// <summary>Joins wireless networks; null where nothing does on this hub.</summary>
    public IWifi? Wifi { get; init; }

    /// <summary>The hub's own network; null where it opens none.</summary>
    public OwnNetworkKeeper? OwnNetwork { get; init; }

    /// <summary>How it stands with the hub's name on the home network; null where it is not told there.</summary>
    public Func<HomeNameState?> HomeName { get; init; } = () => null;

    /// <summary>Patients whom devices and readings name, so that they appear among the household's people.</summary>
    public required Func<CancellationToken, Task<IReadOnlyList<PatientReference>>> KnownPatients { get; init; }

    /// <summary>Number to call in an emergency, which every page names; null: the one that each language has, 112 or in Norway 113.</summary>
    public string? EmergencyNumber { get; init; }

    /// <summary>The time, in the home's time zone.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Logs.</summary>
    public required ILoggerFactory Loggers { get; init; }
}
