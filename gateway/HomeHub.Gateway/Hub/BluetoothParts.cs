using HomeHub.Core.Acquisition;
using HomeHub.Core.Holding;
using HomeHub.Core.Liveness;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Core.Telemetry;
using HomeHub.Gateway.Catalogue;
using HomeHub.Profiles.Catalogue;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What a hub with a radio has more: the central, the devices that were set up, and the source that they make together.</summary>
internal sealed class BluetoothParts : IAsyncDisposable
{
    private readonly IDeviceRegistry _registry;
    private readonly IHeldPayloads _held;
    private readonly LoopPulse[] _pulses;

    private BluetoothParts(ICentral central, IDeviceRegistry registry, IHeldPayloads held, HoldingSource source, LoopPulse[] pulses)
    {
        Central = central;
        _pulses = pulses;
        _registry = registry;
        _held = held;
        Source = source;
        Holding = new HoldingState(() => source.Reason, () => held.Count);
    }

    /// <summary>The radio.</summary>
    public ICentral Central { get; }

    /// <summary>The devices that were set up.</summary>
    public IDeviceRegistry Devices => _registry;

    /// <summary>Where readings come from.</summary>
    public IPayloadSource Source { get; }

    /// <summary>Whether what devices tell is held, as the hub does not know its time or its place.</summary>
    public HoldingState Holding { get; }

    /// <summary>Opens them. A radio that is away is waited for while the hub runs.</summary>
    public static async Task<BluetoothParts> OpenAsync(HubParts parts, HubMetrics metrics, CancellationToken cancellation)
    {
        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(parts.Folder, cancellation).ConfigureAwait(false);
        ICentral central = Adapters.OpenCentral(parts.Configuration.Bluetooth.Adapter, isHub: true, parts.Loggers, parts.Time);
        IHeldPayloads held = await Adapters.OpenHeldAsync(parts.Folder, cancellation).ConfigureAwait(false);
        var models = new Lazy<DeviceCatalogue>(() => LoadModels(parts.Configuration.CatalogueFolder, parts.Loggers.CreateLogger<DeviceCatalogue>()));
        var options = new PeripheralSourceOptions
        {
            TakesWaveforms = parts.Configuration.Bluetooth.TakesEcg,
            MaxConnections = parts.Configuration.Bluetooth.MaxConnections,
            Traits = (device, model) => models.Value.TraitsOf(device, model),
            IsAllReceipted = HoldingSource.CountAsNotReceipted(held, parts.Buffer.IsAllReceiptedAsync),
            IsTimeKnown = () => parts.Home.IsKnown && parts.Clock.IsTimeKnown,
            IsClockKnown = () => parts.Clock.IsTimeKnown,
        };
        LoopPulse listening = parts.Service.Liveness.AddResting("devices", PeripheralSource.TurnLimit), holding = parts.Service.Liveness.AddResting("holding", HoldingSource.TurnLimit);
        var source = new PeripheralSource(central, registry, options, parts.Time, metrics, parts.Loggers.CreateLogger<PeripheralSource>(), listening);
        var outer = new HoldingSource(source, held, parts.Clock, () => parts.Home.IsKnown, registry, parts.Time, parts.Loggers.CreateLogger<HoldingSource>(), holding, parts.Disk.Tell);
        return new BluetoothParts(central, registry, held, outer, [listening, holding]);
    }

    /// <summary>The catalogue without its texts, read when the first device that was set up is heard.</summary>
    private static DeviceCatalogue LoadModels(string? siteFolder, ILogger logger)
    {
        LoadedCatalogue loaded = CatalogueFiles.Load(siteFolder, withTexts: false);
        foreach (CatalogueError error in loaded.Errors)
        {
            logger.LogWarning("Catalogue file {File} is left out: {Key} must be {Expected}", error.File, error.Key, error.Expected);
        }

        return loaded.Models;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Array.ForEach(_pulses, pulse => pulse.Dispose());
        await Central.DisposeAsync().ConfigureAwait(false);
        await _registry.DisposeAsync().ConfigureAwait(false);
        await _held.DisposeAsync().ConfigureAwait(false);
    }
}
