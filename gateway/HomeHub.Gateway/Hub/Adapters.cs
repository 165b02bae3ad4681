using System.Net;
using HomeHub.BlueZ;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Export;
using HomeHub.Core.Holding;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Fhir;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Moving;
using HomeHub.Hardware;
using HomeHub.Hardware.Climate;
using HomeHub.Mosquitto;
using HomeHub.Mqtt;
using HomeHub.Network.Avahi;
using HomeHub.Network.NetworkManager;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>The composition root: the one place that knows which adapter stands behind which port.</summary>
internal static class Adapters
{
    /// <summary>Version of the program, as in <c>homehub --version</c>.</summary>
    public static string SoftwareVersion { get; } = typeof(Adapters).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Readings to FHIR.</summary>
    public static FhirEncoder CreateEncoder(UploadOptions? options = null) => new(SoftwareVersion, options);

    /// <summary>Writes readings out for the person whose they are.</summary>
    public static IReadingExport CreateExport(HubIdentity hub) => new FhirReadingExport(CreateEncoder(), hub);

    /// <summary>Checks what can be checked of the broker's configuration before anything is opened.</summary>
    /// <returns>Where the broker is; null where the hub has none yet.</returns>
    /// <exception cref="UsageException">Something is wrong; the message names option and key.</exception>
    public static MosquittoAddress? CheckBroker(BrokerConfiguration broker)
    {
        if (broker.Url is null)
        {
            throw new UsageException("--broker URL is missing (or the configuration key broker.url).");
        }

        if (broker.Url == BrokerConfiguration.None)
        {
            return null;
        }

        if (!MosquittoAddress.TryParse(broker.Url, out MosquittoAddress? address, out string? error))
        {
            throw new UsageException($"--broker (key broker.url): {error}");
        }

        CheckFile("broker.caFile", broker.CaFile);
        CheckFile("broker.certificateFile", broker.CertificateFile);
        CheckFile("broker.keyFile", broker.KeyFile);
        CheckFile("broker.passwordFile", broker.PasswordFile);
        Expect((broker.CertificateFile is null) == (broker.KeyFile is null), "broker.certificateFile and broker.keyFile are given together or not at all");
        Expect(address.Tls || (broker.CaFile ?? broker.CertificateFile) is null, "broker.caFile and broker.certificateFile need a broker.url with mqtts");
        Expect(broker.PasswordFile is null || broker.Username is not null, "broker.passwordFile needs a broker.username");
        return address;
    }

    /// <summary>Opens what a running hub is made of; where its history has moved, without a way to the relays.</summary>
    public static async Task<HubParts> OpenAsync(
        HubConfiguration configuration, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellation, IReadingWatcher? watcher = null)
    {
        string folder = configuration.Data!;
        MosquittoAddress? address = CheckBroker(configuration.Broker);
        SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = folder, MaxSizeMiB = configuration.BufferMaxSizeMiB, HistoryDays = configuration.BufferHistoryDays, PreparesLog = true },
            time,
            loggers.CreateLogger<SqliteReadingBuffer>(),
            cancellation).ConfigureAwait(false);
        IConsentBook? consents = null;
        IAuditLog? audit = null;
        try
        {
            var clock = new SystemHubClock(configuration.TrustsClock);
            consents = new HouseholdConsents(
                await OpenConsentsAsync(folder, cancellation).ConfigureAwait(false), new SqliteResidents(folder, time, clock, loggers.CreateLogger<SqliteResidents>()));
            audit = await OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
            bool isMoved = HistoryMoves.ReadMoved(folder) is not null;
            MqttUplink? mqtt = isMoved || address is null
                ? null
                : MqttUplink.Start(buffer.Hub, UplinkOptions(address, configuration), time, loggers.CreateLogger<MqttUplink>());
            IUplink uplink = mqtt is not null ? mqtt : new NoUplink(configuration.Recipients, isMoved ? NoUplink.Moved : NoUplink.NoBroker);
            return new HubParts(
                folder, configuration, buffer, CreateEncoder(configuration.Upload), uplink, consents, audit, () => mqtt is not null ? mqtt.WhyNotConnected : ((NoUplink)uplink).Why, loggers, time,
                clock, watcher)
            {
                Fault = () => mqtt is not null ? mqtt.Fault : UplinkFault.NoBroker,
            };
        }
        catch (Exception error)
        {
            foreach (IAsyncDisposable opened in new IAsyncDisposable?[] { audit, consents, buffer }.OfType<IAsyncDisposable>())
            {
                await opened.DisposeAsync().ConfigureAwait(false);
            }

            throw error switch
            {
                MosquittoException => new CommandFailedException(error.Message, error),
                ArgumentException => new UsageException($"broker: {error.Message}"),
                _ => error,
            };
        }
    }

    private static MqttUplinkOptions UplinkOptions(MosquittoAddress address, HubConfiguration configuration) => new()
    {
        Broker = address,
        Recipients = configuration.Recipients,
        Software = SoftwareVersion,
        Username = configuration.Broker.Username,
        Password = ReadPassword(configuration.Broker.PasswordFile),
        CaFile = configuration.Broker.CaFile,
        CertificateFile = configuration.Broker.CertificateFile,
        KeyFile = configuration.Broker.KeyFile,
    };

    /// <summary>The radio.</summary>
    /// <param name="adapter">Adapter by name or address; null for the first one.</param>
    /// <param name="isHub">Whether pairings that devices begin come here, to be refused.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="time">The clock.</param>
    public static ICentral OpenCentral(string? adapter, bool isHub, ILoggerFactory loggers, TimeProvider time) =>
        new BlueZCentral(new BlueZOptions { Adapter = adapter, IsDefaultAgent = isHub }, time, loggers.CreateLogger<BlueZCentral>());

    /// <summary>The devices that were set up, of a data folder.</summary>
    /// <exception cref="BufferException">They can't be opened.</exception>
    public static async Task<IDeviceRegistry> OpenRegistryAsync(string folder, CancellationToken cancellation) =>
        await SqliteDeviceRegistry.OpenAsync(folder, cancellation).ConfigureAwait(false);

    /// <summary>What people decided about their data, of a data folder.</summary>
    /// <exception cref="BufferException">It can't be opened.</exception>
    public static async Task<IConsentBook> OpenConsentsAsync(string folder, CancellationToken cancellation) =>
        await SqliteConsentBook.OpenAsync(folder, cancellation).ConfigureAwait(false);

    /// <summary>What persons did, of a data folder.</summary>
    /// <exception cref="BufferException">It can't be opened.</exception>
    public static async Task<IAuditLog> OpenAuditAsync(string folder, CancellationToken cancellation) =>
        await SqliteAuditLog.OpenAsync(folder, cancellation).ConfigureAwait(false);

    /// <summary>What devices told while the hub did not know its time, of a data folder.</summary>
    /// <exception cref="BufferException">It can't be opened.</exception>
    public static async Task<IHeldPayloads> OpenHeldAsync(string folder, CancellationToken cancellation) =>
        await SqliteHeldPayloads.OpenAsync(folder, cancellation).ConfigureAwait(false);

    /// <summary>Who lives with the hub of a data folder.</summary>
    /// <exception cref="BufferException">It can't be opened.</exception>
    public static async Task<IHousehold> OpenHouseholdAsync(string folder, CancellationToken cancellation) =>
        await SqliteHousehold.OpenAsync(folder, cancellation).ConfigureAwait(false);

    /// <summary>Has the hub's name and pages told on the home network.</summary>
    /// <param name="name">The name: <c>homehub-1a2b</c>.</param>
    /// <param name="listen">Where the pages listen, with the port that they have.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="time">The clock.</param>
    public static IHomeName TellName(string name, IPEndPoint listen, ILoggerFactory loggers, TimeProvider time) =>
        new AvahiName(new AvahiOptions(name, $"HomeHub {name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..]}", (ushort)listen.Port, () => HomeAddresses.Read(listen.Address)), time, loggers.CreateLogger<AvahiName>());

    /// <summary>The sensor of the room.</summary>
    public static IRoomSensor OpenRoomSensor(RoomConfiguration room, TimeProvider time) => new IioRoomSensor(room.Folder, room.Sensor, time);

    /// <summary>Wireless networks.</summary>
    public static IWifi OpenWifi(ILoggerFactory loggers, TimeProvider time) => new NmWifi(new NmWifiOptions(), time, loggers.CreateLogger<NmWifi>());

    /// <summary>A wireless network of the hub's own.</summary>
    public static IOwnNetwork OpenOwnNetwork(ILoggerFactory loggers, TimeProvider time) => new NmOwnNetwork(new NmWifiOptions(), time, loggers.CreateLogger<NmOwnNetwork>());

    /// <summary>Light, buzzer and button, as far as the machine has them.</summary>
    public static FoundBoard OpenBoard(BoardConfiguration board, ILoggerFactory loggers, TimeProvider time) =>
        new BoardFinder(new BoardOptions { Light = board.Light, Buzzer = board.Buzzer, Button = board.Button }, time, loggers.CreateLogger<BoardFinder>()).Open();

    /// <summary>Moves the history of a hub that runs.</summary>
    /// <param name="parts">The hub.</param>
    /// <param name="closeStores">Closes every store of its folder.</param>
    public static IHubMove OpenMove(HubParts parts, Func<ValueTask> closeStores) => new SqliteHubMove(parts.Folder, parts.Buffer.Hub, parts.Time, closeStores, parts.Restart.Ask);

    private static void CheckFile(string key, string? path)
    {
        try
        {
            if (path is not null)
            {
                using FileStream file = File.OpenRead(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The configuration key {key} names a file that can't be read: {path}");
        }
    }

    private static void Expect(bool holds, string rule)
    {
        if (!holds)
        {
            throw new UsageException($"Configuration: {rule}.");
        }
    }

    private static string? ReadPassword(string? path) => path is null ? null : File.ReadLines(path).FirstOrDefault();
}
