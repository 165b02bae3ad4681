using System.Runtime.CompilerServices;
using System.Text;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Catalogue;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing;

namespace HomeHub.Gateway.Tests.Commands.Devices;

public sealed class TerminalSetupTests : IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private static readonly DeviceCatalogue Models = CatalogueFiles.Load(null, withTexts: true).Models;

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-setup-").FullName;

    [Fact]
    public async Task A_model_that_needs_no_bond_is_set_up_without_one()
    {
        (Central central, string told) = await SetUpAsync("Polar H10 12345678", 0x180D);
        Assert.Empty(central.Requests);
        Assert.Contains("Polar H10", told, StringComparison.Ordinal);
        Assert.Contains("Moisten the strap's pads", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_bonded_when_the_person_says_so()
    {
        (Central central, _) = await SetUpAsync("Polar H10 12345678", 0x180D, setup => Copy(setup, bonds: true));
        Assert.False(Assert.Single(central.Requests).AllowLegacy);
    }

    [Fact]
    public async Task A_model_that_nobody_described_is_bonded_securely_and_called_unverified()
    {
        (Central central, string told) = await SetUpAsync("Somebody's BP", 0x1810);
        Assert.False(Assert.Single(central.Requests).AllowLegacy);
        Assert.Contains("unverified", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    public async Task Legacy_pairing_is_accepted_only_if_the_entry_or_the_person_says_so(bool entry, bool person, bool accepted)
    {
        CatalogueEntry model = Models.Find("and-ua-651ble")!;
        var models = new DeviceCatalogue([model with { Quirks = model.Quirks with { AcceptsLegacyPairing = entry } }]);
        (Central central, _) = await SetUpAsync("A&D_UA-651BLE_B5583A", 0x1810, setup => Copy(setup, models: models, allowLegacy: person));
        Assert.Equal(accepted, Assert.Single(central.Requests).AllowLegacy);
    }

    [Fact]
    public async Task Of_several_models_legacy_pairing_is_accepted_only_if_all_say_so()
    {
        CatalogueEntry one = Models.Find("roche-accu-chek-guide")!, other = Models.Find("roche-accu-chek-instant")!;
        var models = new DeviceCatalogue([one with { Quirks = one.Quirks with { AcceptsLegacyPairing = true } }, other]);
        (Central central, string told) = await SetUpAsync("meter+0123456", 0x1808, setup => Copy(setup, models: models));
        Assert.False(Assert.Single(central.Requests).AllowLegacy);
        Assert.Contains("roche-accu-chek-instant: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_of_a_named_model_are_told_in_the_language_before_listening()
    {
        (_, string told) = await SetUpAsync("meter+0123456", 0x1808, setup => Copy(setup, model: Models.Find("roche-accu-chek-guide"), language: "eu"));
        int steps = told.IndexOf("Neurgailuak sei zifra erakusten ditu.", StringComparison.Ordinal);
        Assert.InRange(steps, 0, told.IndexOf("Listening for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_was_set_up_before_is_known_by_its_name_before_it_is_heard()
    {
        await SetUpAsync("X4 Smart", 0x1810);
        (_, string told) = await SetUpAsync("X4 Smart", 0x1810, setup => Copy(setup, language: "nb"));
        int steps = told.IndexOf("Hold inne Bluetooth-knappen", StringComparison.Ordinal);
        Assert.InRange(steps, 0, told.IndexOf("Listening for", StringComparison.Ordinal));
        Assert.Equal(steps, told.LastIndexOf("Hold inne Bluetooth-knappen", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TerminalSetup Copy(
        TerminalSetup setup, bool? bonds = null, DeviceCatalogue? models = null, bool allowLegacy = false, CatalogueEntry? model = null, string? language = null) => new()
        {
            Address = setup.Address,
            Patient = setup.Patient,
            Prompt = setup.Prompt,
            Bonds = bonds ?? setup.Bonds,
            IsClockKnown = true, AllowLegacy = allowLegacy || setup.AllowLegacy,
            Models = models ?? setup.Models,
            Model = model ?? setup.Model,
            Language = language ?? setup.Language,
        };

    private async Task<(Central Central, string Told)> SetUpAsync(string name, ushort service, Func<TerminalSetup, TerminalSetup>? change = null)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var io = new CommandIo(new MemoryStream(), output, error, TimeProvider.System);
        Assert.True(PatientReference.TryParse("Patient/p1", out PatientReference? owner));
        var setup = new TerminalSetup
        {
            Address = Address, Patient = owner!, IsClockKnown = true, AllowLegacy = false, Prompt = new TerminalPrompt(io, yes: true, null), Models = Models, Language = "en",
        };
        var central = new Central(new Advertisement { Address = Address, Name = name, Services = [BluetoothUuid.Of(service)], ReceivedAt = SampleReadings.Start });
        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(_folder, CancellationToken.None);
        await using (registry)
        {
            Assert.Equal(ExitCodes.Done, await (change is null ? setup : change(setup)).RunAsync(io, central, registry, asJson: true, CancellationToken.None));
            Assert.NotNull(await registry.FindAsync(Address, CancellationToken.None));
        }

        Assert.Contains(Address, Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        return (central, error.ToString());
    }

    /// <summary>A radio that hears one device, and notes what pairing was asked for.</summary>
    private sealed class Central(Advertisement heard) : ICentral
    {
        public List<PairingRequest> Requests { get; } = [];

        public CentralState State => new(CentralCondition.Ready);

        public event Action<CentralState>? StateChanged
        {
            add { }
            remove { }
        }

        public Task ProbeAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task WaitReadyAsync(CancellationToken cancellation) => Task.CompletedTask;

        public async IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            Assert.True(filter.Fits(heard));
            yield return heard;
        }

        public Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation)
        {
            Requests.Add(request);
            return Task.FromResult(new NewBond(request.Address, request.AddressType, BondSecurity.SecureConnections));
        }

        public Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task ForgetAsync(string address, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
