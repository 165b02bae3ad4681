using System.Net;
using HomeHub.Core.Acts;
using HomeHub.Core.Erasure;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Catalogue;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Support;
using HomeHub.Profiles.Catalogue;
using HomeHub.Web;
using HomeHub.Web.Label;
using HomeHub.Web.Tls;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What a hub with pages has more. Nothing of the web framework is loaded before this is opened.</summary>
internal sealed class HubPages : IAsyncDisposable
{
    private readonly PagesServer _server;
    private readonly IHousehold _household;
    private readonly IDeviceRegistry? _ownRegistry;
    private readonly SetupDesk? _setup;
    private readonly NearbyWatch? _nearby;
    private readonly IWifi _wifi;
    private readonly IHomeName? _name;
    private readonly OwnNetworkParts? _own;
    private readonly Uri _address;
    private readonly Task _warmUp;

    private HubPages(PagesServer server, PagesParts parts, IDeviceRegistry? ownRegistry, IWifi wifi, IHomeName? name, OwnNetworkParts? own, Uri address)
    {
        (_server, _household, _setup, _nearby, _ownRegistry, _wifi, _name, _own) = (server, parts.Household, parts.Setup, parts.Nearby, ownRegistry, wifi, name, own);
        _address = address;
        _warmUp = Task.Run(server.WarmUpAsync);
    }

    /// <summary>Has the networks of the home forgotten; null where the hub opens none of its own.</summary>
    public NetworkReset? Reset => _own?.CreateReset(_wifi);

    /// <summary>How the pages are.</summary>
    public PagesState ReadState() => new(_address, _own?.Keeper.State.Condition);

    /// <summary>Opens the household and serves the pages.</summary>
    /// <exception cref="CommandFailedException">They can't be served; the message says why.</exception>
    public static async Task<HubPages> OpenAsync(HubParts parts, ReadingDesk readings, ErasureDesk erasure, Func<SelfCheckReport?> selfCheck, CancellationToken cancellation)
    {
        PagesConfiguration pages = parts.Configuration.Pages;
        IPEndPoint listen = PagesConfiguration.ReadUrl(pages.Url!) ?? throw new UsageException($"--pages (key pages.url) must be {PagesConfiguration.UrlForm}.");
        IHousehold household = await Adapters.OpenHouseholdAsync(parts.Folder, cancellation).ConfigureAwait(false);
        IDeviceRegistry? ownRegistry = null;
        IWifi wifi = Adapters.OpenWifi(parts.Loggers, parts.Time);
        IHomeName? name = null;
        OwnNetworkParts? own = null;
        try
        {
            own = OwnNetworkParts.Open(parts, wifi, household, listen.Address);
            ownRegistry = parts.Devices is null ? await Adapters.OpenRegistryAsync(parts.Folder, cancellation).ConfigureAwait(false) : null;
            IDeviceRegistry registry = parts.Devices ?? ownRegistry!;
            DeviceCatalogue models = CatalogueFiles.Load(parts.Configuration.CatalogueFolder, withTexts: true).Models;
            bool IsClockKnown() => parts.Clock.IsTimeKnown;
            var options = new PagesOptions(parts.Folder, listen)
            {
                RedirectFrom = pages.RedirectFrom == 0 ? null : pages.RedirectFrom,
                Names = pages.Names,
                IsDevelopment = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") == "Development",
            };
            var pagesParts = new PagesParts
            {
                Hub = parts.Buffer.Hub,
                Household = household,
                Overview = new OverviewReader(parts, registry, selfCheck),
                Buffer = parts.Buffer,
                Readings = readings,
                Erasure = erasure,
                Consents = parts.Consents,
                Recipients = parts.Configuration.Recipients,
                Audit = parts.Audit,
                Export = Adapters.CreateExport(parts.Buffer.Hub),
                Devices = registry,
                DeviceDesk = new DeviceDesk(registry, parts.Audit, parts.Time, IsClockKnown),
                Setup = parts.Radio is { } central ? new SetupDesk(central, registry, parts.Audit, models, parts.Time, IsClockKnown, parts.Loggers.CreateLogger<SetupDesk>()) : null,
                Nearby = parts.Radio is { } radio ? new NearbyWatch(radio, models, parts.Time) : null,
                Models = models,
                Radio = parts.Radio,
                Clock = parts.Clock,
                WriteSupportBundle = (to, token) => new SupportBundle(parts.Folder, parts.Configuration, parts.Clock, parts.Time).WriteAsync(to, parts.RecentLog?.Read() ?? [], token),
                Zone = parts.Home,
                Wifi = wifi,
                HomeName = () => name?.State,
                Move = Adapters.OpenMove(parts, () => CloseAsync(parts, household, ownRegistry)),
                OwnNetwork = own?.Keeper,
                Connection = new ConnectionFactsReader(parts.Configuration.Broker, parts.Fault, own is null ? SystemLinks.Read : own.Keeper.ReadLinks),
                KnownPatients = token => KnownPatientsAsync(parts, registry, token),
                EmergencyNumber = pages.EmergencyNumber,
                Time = parts.Time,
                Loggers = parts.Loggers,
            };
            PagesServer server = await PagesServer.StartAsync(options, pagesParts, cancellation).ConfigureAwait(false);
            Uri address = HubLabel.AddressOf(parts.Buffer.Hub, server.Port);
            parts.Loggers.CreateLogger("Hub").LogInformation("Pages at {Address}", address);
            if (HomeAddresses.AreReachable(listen.Address))
            {
                name = Adapters.TellName(HubName.Of(parts.Buffer.Hub), new IPEndPoint(listen.Address, server.Port), parts.Loggers, parts.Time);
            }

            return new HubPages(server, pagesParts, ownRegistry, wifi, name, own, address);
        }
        catch (Exception error)
        {
            if (own is not null)
            {
                await own.DisposeAsync().ConfigureAwait(false);
            }

            await wifi.DisposeAsync().ConfigureAwait(false);
            await household.DisposeAsync().ConfigureAwait(false);
            if (ownRegistry is not null)
            {
                await ownRegistry.DisposeAsync().ConfigureAwait(false);
            }

            throw error is IOException or UnauthorizedAccessException or InvalidDataException
                ? new CommandFailedException($"The pages can't be served: {error.Message}", error)
                : error;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // First, so that nobody is sent here any more.
        if (_name is not null)
        {
            await _name.DisposeAsync().ConfigureAwait(false);
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        await _warmUp.ConfigureAwait(false);
        if (_setup is not null)
        {
            await _setup.DisposeAsync().ConfigureAwait(false);
        }

        if (_nearby is not null)
        {
            await _nearby.DisposeAsync().ConfigureAwait(false);
        }

        if (_own is not null)
        {
            await _own.DisposeAsync().ConfigureAwait(false);
        }

        await _wifi.DisposeAsync().ConfigureAwait(false);
        await _household.DisposeAsync().ConfigureAwait(false);
        if (_ownRegistry is not null)
        {
            await _ownRegistry.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes every store of the data folder; each may be closed again at the end of the round.</summary>
    private static async ValueTask CloseAsync(HubParts parts, IHousehold household, IDeviceRegistry? registry)
    {
        foreach (IAsyncDisposable store in new IAsyncDisposable?[] { parts.Buffer, parts.Consents, parts.Audit, parts.Devices, registry, household }.OfType<IAsyncDisposable>())
        {
            await store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<PatientReference>> KnownPatientsAsync(HubParts parts, IDeviceRegistry registry, CancellationToken cancellation) =>
    [
        .. (await registry.ListAsync(cancellation).ConfigureAwait(false)).SelectMany(device => device.People)
            .Concat(await parts.Buffer.ListPatientsAsync(cancellation).ConfigureAwait(false)).Distinct().OrderBy(patient => patient.Key, StringComparer.Ordinal),
    ];
}
