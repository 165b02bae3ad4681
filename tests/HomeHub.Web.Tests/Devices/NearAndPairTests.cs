using System.Globalization;
using System.Net;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Devices;

/// <summary>What is near, and pairing it, from one phone and another.</summary>
public sealed class NearAndPairTests : SetupFixture
{
    private const string Near = "/devices/near", One = Near + "/" + Digits;

    protected override DeviceCatalogue Models { get; } = new([SampleModel.Entry]);

    [Fact]
    public async Task What_is_near_is_listed_with_its_model_and_whether_it_is_set_up()
    {
        Assert.Contains("No device is set up yet.", await Nurse.ReadAsync("/devices"), StringComparison.Ordinal);
        await AddAsync(BenchDevices.BondedCuff);
        await AddAsync(BenchDevices.Meter with { Name = "Example GM 1" }, OtherAddress);
        string page = await ReadsAsync(Near, "Choose Bench Cuff");
        Assert.Contains("Blood-pressure monitor", page, StringComparison.Ordinal);
        Assert.Contains("Not in the catalogue: works by its standard profile, unverified", page, StringComparison.Ordinal);
        page = await ReadsAsync(Near, "Choose Example GM 1");
        Assert.Contains("Example Meter 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Is set up already", page, StringComparison.Ordinal);
        await Bench.Devices.SaveAsync(new RegisteredDevice { Address = OtherAddress, Patient = null, PairedAt = Bench.Clock.GetUtcNow() }, default);
        await ReadsAsync(Near, "Is set up already");
    }

    [Fact]
    public async Task A_radio_that_is_away_is_said_and_no_pairing_offered()
    {
        Bench.Radio!.ChangeState(new CentralState(CentralCondition.NoAdapter, "gone"));
        Assert.Contains("Bluetooth is not ready", await Nurse.ReadAsync(Near), StringComparison.Ordinal);
        string page = await Nurse.ReadAsync(One);
        Assert.Contains("Bluetooth is not ready", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Pair it now", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es", "Paso de ejemplo.")]
    [InlineData("nb", "Eksempeltrinn.")]
    public async Task The_steps_are_in_the_readers_language(string language, string step)
    {
        await AddAsync(BenchDevices.Meter with { Name = "Example GM 1" });
        await ReadsAsync(Near, "Example GM 1");
        Nurse.Language = language;
        Assert.Contains(step, await Nurse.ReadAsync(One), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_is_paired_by_a_button_and_another_phone_sees_it()
    {
        await SetUpAsync(BenchDevices.BondedCuff);
        Assert.Equal((BondSecurity.SecureConnections, 0), ((await FindAsync()).Bond!.Value, (await FindAsync()).People.Count()));
        PageBrowser other = await Bench.SignInAsync(0);
        string page = await other.ReadAsync(One);
        Assert.Contains("The device is set up.", page, StringComparison.Ordinal);
        Assert.Contains($"/devices/{Digits}/test", page, StringComparison.Ordinal);
        Assert.Equal([$"device-paired  device={Address} by nurse, at the pages"], await ActsAsync());
        Assert.Contains("Bench Cuff", await Nurse.ReadAsync("/devices"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_that_a_device_shows_is_typed_on_another_phone()
    {
        CarriedDevice device = await AddAsync(BenchDevices.PasskeyCuff);
        uint shown = 0;
        device.PasskeyShown += passkey => shown = passkey;
        await Nurse.GetAsync(One);
        await Nurse.PostAsync(One + "/pair");
        await ReadsAsync(One, "The device shows a number");
        PageBrowser other = await Bench.SignInAsync(0);
        Assert.Contains("Six digits", await other.ReadAsync(One + "/number"), StringComparison.Ordinal);
        HttpResponseMessage wrong = await other.PostAsync(One + "/number", ("passkey", "twelve"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        string typed = shown.ToString("000 000", CultureInfo.InvariantCulture);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.PostAsync(One + "/number", ("passkey", typed))).StatusCode);
        await ReadsAsync(One, "The device is set up.");
        Assert.Equal(BondSecurity.SecureConnectionsAuthenticated, (await FindAsync()).Bond);
        Assert.Contains("asks nothing", await other.ReadAsync(One + "/number"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_told_in_plain_words_and_the_old_way_is_offered_with_what_it_means()
    {
        CarriedDevice device = await AddAsync(BenchDevices.BondedCuff);
        device.BondsAs = BondSecurity.Legacy;
        await Nurse.GetAsync(One);
        await Nurse.PostAsync(One + "/pair");
        string page = await ReadsAsync(One, "It did not work this time.");
        Assert.Contains("only knows an old kind of pairing", page, StringComparison.Ordinal);
        Assert.Contains("What often helps", page, StringComparison.Ordinal);
        Assert.Empty(await Bench.Devices.ListAsync(default));
        await Nurse.PostAsync(One + "/pair", ("legacy", "yes"));
        await ReadsAsync(One, "The device is set up.");
        Assert.Equal(BondSecurity.Legacy, (await FindAsync()).Bond);
    }

    [Fact]
    public async Task Pairing_can_be_stopped_and_begun_again()
    {
        await Nurse.GetAsync(One);
        await Nurse.PostAsync(One + "/pair");
        string page = await Nurse.ReadAsync(One);
        Assert.Contains("Stop pairing", page, StringComparison.Ordinal);
        Assert.Contains("Silent now: wake it again", page, StringComparison.Ordinal);
        await Nurse.PostAsync(One + "/stop");
        Assert.Contains("Pair it once more", await ReadsAsync(One, "Pairing was stopped."), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_handed_back_leaves_no_bond_and_where_the_radio_is_away_that_is_said()
    {
        await SetUpAsync(BenchDevices.BondedCuff);
        Assert.Single(await Bench.Radio!.ListBondedAsync(default));
        await Nurse.GetAsync($"/devices/{Digits}/forget");
        await Nurse.PostAsync($"/devices/{Digits}/forget", ("confirmed", "yes"));
        Assert.Empty(await Bench.Radio.ListBondedAsync(default));
        Assert.Empty(await Bench.Devices.ListAsync(default));

        await Bench.Devices.SaveAsync(new RegisteredDevice { Address = OtherAddress, Patient = null, PairedAt = Bench.Clock.GetUtcNow() }, default);
        Bench.Radio.ChangeState(new CentralState(CentralCondition.NoAdapter, "gone"));
        await Nurse.GetAsync($"/devices/{OtherDigits}/forget");
        HttpResponseMessage answer = await Nurse.PostAsync($"/devices/{OtherDigits}/forget", ("confirmed", "yes"));
        Assert.Contains("pairing could not be removed", await Nurse.ReadAsync(answer.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.Empty(await Bench.Devices.ListAsync(default));
    }

    [Theory]
    [InlineData("/devices/near/C0FFEE00000")]
    [InlineData("/devices/near/C0FFEE00000G")]
    [InlineData("/devices/C0FFEE000001")]
    [InlineData("/devices/C0FFEE000001/test")]
    public async Task What_is_no_device_is_not_found(string path) => Assert.Equal(HttpStatusCode.NotFound, (await Nurse.GetAsync(path)).StatusCode);
}
