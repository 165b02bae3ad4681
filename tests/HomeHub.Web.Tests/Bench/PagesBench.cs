using System.Net;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Erasure;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.InProcess;
using HomeHub.Core.Time;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Export;
using HomeHub.Testing.Network;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;
using HomeHub.Web.Safety;
using HomeHub.Web.SignIn;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web.Tests.Bench;

/// <summary>The pages as they are, over TLS on a free port of loopback, with the real household in a folder of its own. Its clock is a test's.</summary>
internal sealed class PagesBench : IAsyncDisposable
{
    public const string NursePin = "739104", PersonPin = "4711", OtherPin = "8264";

    public static readonly HubIdentity Hub = new(Guid.Parse("ab12cd34-0000-4000-8000-000000000001"), "02005EFFFE000001");
    public static readonly DateTimeOffset Start = new(2026, 11, 26, 8, 30, 0, TimeSpan.Zero);

    private Func<CancellationToken, Task>? _meanwhile;
    private static readonly Lazy<(string Nurse, string Person, string Other)> Hashes = new(() => (PinHash.Create(NursePin), PinHash.Create(PersonPin), PinHash.Create(OtherPin)));

    private readonly List<PageBrowser> _browsers = [];
    private PagesServer? _server;
    private SetupDesk? _setup;
    private NearbyWatch? _nearby;
    private OwnNetworkKeeper? _keeper;

    private PagesBench(PageLimits limits, TimeProvider? time)
    {
        Limits = limits;
        Clock = time ?? Time;
        Overview = new OverviewDouble(Clock.GetUtcNow());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("homehub-pages-").FullName;

    public ManualTime Time { get; } = new(Start);

    public TimeProvider Clock { get; }

    public PageLimits Limits { get; }

    public OverviewDouble Overview { get; }

    public LogLines Logs { get; } = new();

    public IHousehold Household { get; private set; } = null!;

    public InMemoryReadingBuffer Buffer { get; } = new();

    public InMemoryConsentBook Consents { get; } = new();

    public IReadOnlyList<Recipient> Recipients { get; init; } = [Recipient.CareTeam, new Recipient("research")];

    public InMemoryAuditLog Audit { get; } = new();

    public InMemoryDeviceRegistry Devices { get; } = new();

    public SimulatedCentral? Radio { get; private init; }

    public DeviceCatalogue Models { get; private init; } = DeviceCatalogue.Empty;

    public ClockDouble HubClock { get; } = new();

    public NearbyWatch? Nearby => _nearby;

    public InMemoryWifi Wifi { get; } = new();

    public InMemoryOwnNetwork OwnNetwork { get; } = new() { Condition = OwnNetworkCondition.NotAble };

    public OwnNetworkKeeper Keeper => _keeper!;

    public HomeNameState? HomeName { get; set; } = new(HomeNameCondition.Told, "homehub-ab12.local");

    public ConnectionFactsDouble Connection { get; } = new(Start);

    public HomeZone Zone { get; set; } = new(null);

    public IReadOnlyList<PatientReference> KnownPatients { get; set; } = [SampleReadings.Patient];

    /// <summary>Moves the hub's history, in the files of <see cref="Folder"/>.</summary>
    public SqliteHubMove Move { get; private set; } = null!;

    /// <summary>Does what the pages have asked for, as the hub does before it starts anew. It is asked for when the answer has gone out, which may be after it came in.</summary>
    public async Task DoMeanwhileAsync()
    {
        await Eventually.HoldsAsync(() => _meanwhile is not null, "the pages ask for a new start");
        Func<CancellationToken, Task> act = _meanwhile!;
        _meanwhile = null;
        await act(default);
    }

    /// <summary>Whether the pages are served to those who build them, from the next start on.</summary>
    public bool IsDevelopment { get; set; } = true;

    public PagesServer Server => _server!;

    /// <summary>To whom readings go here, by what people decided.</summary>
    public DeliveryRules Rules() => new(new UploadPolicy(new UploadOptions()), Recipients, () => Consents.State);

    /// <summary>A hub that nobody has claimed.</summary>
    public static async Task<PagesBench> OpenNewAsync(PageLimits? limits = null, TimeProvider? time = null, SimulatedCentral? radio = null, DeviceCatalogue? models = null)
    {
        var bench = new PagesBench(limits ?? new PageLimits { BurstRequests = 100_000, FormsPerMinute = 100_000, LiveStreams = 100, ConnectionsOfAddress = PageLimits.MaxConnections }, time)
        {
            Radio = radio, Models = models ?? DeviceCatalogue.Empty,
        };
        bench.Household = await SqliteHousehold.OpenAsync(bench.Folder, default);
        await bench.StartAsync();
        return bench;
    }

    /// <summary>A hub with a nurse and two people: numbers 1 and 2.</summary>
    public static async Task<PagesBench> OpenAsync(PageLimits? limits = null, TimeProvider? time = null, SimulatedCentral? radio = null, DeviceCatalogue? models = null)
    {
        PagesBench bench = await OpenNewAsync(limits, time, radio, models);
        await bench.Household.ClaimAsync((await bench.Household.GetClaimCodeAsync(default))!, Hashes.Value.Nurse, default);
        await bench.Household.AddPeopleAsync([SampleReadings.Patient, SampleReadings.OtherPatient], default);
        await bench.Household.SavePersonAsync(new HouseholdPerson(1, SampleReadings.Patient) { Name = "Begoña" }, default);
        await bench.Household.SetPinAsync(1, Hashes.Value.Person, default);
        await bench.Household.SetPinAsync(2, Hashes.Value.Other, default);
        return bench;
    }

    public async Task StartAsync()
    {
        _setup = Radio is null ? null : new SetupDesk(Radio, Devices, Audit, Models, Clock, () => HubClock.IsTimeKnown, Logs.CreateLogger<SetupDesk>());
        _nearby = Radio is null ? null : new NearbyWatch(Radio, Models, Clock);
        _keeper = new OwnNetworkKeeper(
            OwnNetwork, Wifi, new OwnNetwork("HomeHub-AB12", "ACDE-FGHJ-KM34-NPQR"), Household, () => Connection.Now.Links, Clock, Logs.CreateLogger<OwnNetworkKeeper>());
        _server = await ServeAsync();
    }

    private Task<PagesServer> ServeAsync()
    {
        Move = new SqliteHubMove(Folder, Hub, Clock, Household.DisposeAsync, meanwhile => _meanwhile = meanwhile);
        return PagesServer.StartAsync(
            new PagesOptions(Folder, new IPEndPoint(IPAddress.Loopback, 0)) { RedirectFrom = 0, Limits = Limits, IsDevelopment = IsDevelopment, Names = ["hub.example"] },
            new PagesParts
            {
                Hub = Hub,
                Household = Household,
                Overview = Overview,
                Buffer = Buffer,
                Readings = new ReadingDesk(Buffer, Audit, Rules, Clock),
                Erasure = new ErasureDesk(Buffer, Audit, Clock),
                Consents = Consents,
                Recipients = Recipients,
                Audit = Audit,
                Export = new ReadingExportDouble(),
                Devices = Devices,
                DeviceDesk = new DeviceDesk(Devices, Audit, Clock, () => HubClock.IsTimeKnown),
                Setup = _setup,
                Nearby = _nearby,
                Models = Models,
                Radio = Radio,
                Clock = HubClock,
                WriteSupportBundle = (to, token) => to.WriteAsync("bundle"u8.ToArray(), token).AsTask(),
                Zone = Zone,
                Move = Move,
                Connection = Connection,
                Wifi = Wifi,
                OwnNetwork = _keeper,
                HomeName = () => HomeName,
                KnownPatients = _ => Task.FromResult(KnownPatients),
                Time = Clock,
                Loggers = Logs,
            },
            default);
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>The household as it lies in the folder, served anew.</summary>
    public async Task OpenAgainAsync()
    {
        Household = await SqliteHousehold.OpenAsync(Folder, default);
        await StartAsync();
    }

    /// <summary>A browser with no cookies.</summary>
    public PageBrowser OpenBrowser()
    {
        var browser = new PageBrowser(this);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>A browser in which an account is signed in.</summary>
    public async Task<PageBrowser> SignInAsync(int account)
    {
        PageBrowser browser = OpenBrowser();
        HttpResponseMessage answer = await browser.SignInAsync(account, account switch { 0 => NursePin, 1 => PersonPin, _ => OtherPin });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PageBrowser browser in _browsers)
        {
            browser.Dispose();
        }

        await StopAsync();
        await Household.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        await (_setup?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_nearby?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_keeper?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
