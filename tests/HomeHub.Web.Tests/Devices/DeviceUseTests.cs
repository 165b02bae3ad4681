using System.Net;
using HomeHub.Core.Holding;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Devices;

/// <summary>Whose a device is, its clock, and the way back. No radio is needed for that.</summary>
public sealed class DeviceUseTests : IAsyncLifetime
{
    private const string Address = "C0:FF:EE:00:00:01", OtherAddress = "C0:FF:EE:00:00:02", One = "/devices/C0FFEE000001", People = One + "/people";

    private PagesBench _bench = null!;
    private PageBrowser _nurse = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync(models: new DeviceCatalogue([SampleModel.Entry]));
        _nurse = await _bench.SignInAsync(0);
        await AddAsync(Address, "Cuff");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_device_becomes_one_persons_from_now_on_once_that_was_shown_back()
    {
        HttpResponseMessage asked = await PostAsync(People, ("person", "1"));
        Assert.Contains("Begoña alone uses this device, from now on.", await TextAsync(asked), StringComparison.Ordinal);
        Assert.Empty((await FindAsync()).People);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(People, ("person", "1"), ("confirmed", "yes"))).StatusCode);
        Assert.Equal((SampleReadings.Patient, PagesBench.Start), ((await FindAsync()).Patient, (await FindAsync()).Users.OwnerSince));
        Assert.Contains("Begoña", await _nurse.ReadAsync(One), StringComparison.Ordinal);
        Assert.Equal(["device-assigned Patient/p1 device=C0:FF:EE:00:00:01"], await ActsAsync());
    }

    [Fact]
    public async Task Since_a_day_and_for_somebody_whom_no_device_names_yet()
    {
        await PostAsync(People, ("new", "Patient/p9"), ("since", "2026-11-20"), ("confirmed", "yes"));
        Assert.Equal((new PatientReference("Patient/p9"), new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero)), ((await FindAsync()).Patient, (await FindAsync()).Users.OwnerSince));
    }

    [Fact]
    public async Task Somebody_new_is_shown_back_first_and_comes_to_the_household_with_the_device()
    {
        string asked = await TextAsync(await PostAsync(People, ("new", " patient/p9 ")));
        Assert.Contains("Patient/p9 alone uses this device, from now on.", asked, StringComparison.Ordinal);
        Assert.Contains("<input type=\"hidden\" name=\"new\" value=\"patient/p9\"", asked, StringComparison.Ordinal);
        await PostAsync(People, ("new", "Patient/p9"), ("slot", "x"), ("confirmed", "yes"));
        _bench.HubClock.IsTimeKnown = false;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(People, ("new", "Patient/p9"), ("confirmed", "yes"))).StatusCode);
        _bench.HubClock.IsTimeKnown = true;
        Assert.Equal(2, (await _bench.Household.ListPeopleAsync(default)).Count);
        Assert.Empty(await ActsAsync());

        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(People, ("new", "patient/p9"), ("confirmed", "yes"))).StatusCode);
        Assert.Equal(new PatientReference("Patient/p9"), (await _bench.Household.ListPeopleAsync(default))[^1].Patient);
        await PostAsync(People, ("new", "Patient/p9"), ("slot", "1"), ("confirmed", "yes"));
        Assert.Equal(3, (await _bench.Household.ListPeopleAsync(default)).Count);
        Assert.Equal(
            ["device-assigned Patient/p9 device=C0:FF:EE:00:00:01", "person-added Patient/p9 ", "device-assigned Patient/p9 device=C0:FF:EE:00:00:01; user=1"],
            await ActsAsync());
    }

    [Fact]
    public async Task People_have_slots_with_their_codes_which_are_shown_to_nobody()
    {
        await AddAsync(OtherAddress, "Example GM 1");
        Assert.Contains("This model asks for it", await _nurse.ReadAsync("/devices/C0FFEE000002/people"), StringComparison.Ordinal);
        await PostAsync(People, ("person", "1"), ("slot", "1"), ("code", "4711"), ("confirmed", "yes"));
        await PostAsync(People, ("person", "2"), ("slot", "2"), ("confirmed", "yes"));
        UserSlot[] slots = [.. (await FindAsync()).Slots];
        Assert.Equal([((byte)1, SampleReadings.Patient, (ushort?)4711), ((byte)2, SampleReadings.OtherPatient, null)], slots.Select(slot => (slot.UserIndex, slot.Patient, slot.ConsentCode)));
        string page = await _nurse.ReadAsync(One);
        Assert.Contains("User 1: Begoña", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", page + await _nurse.ReadAsync(People) + string.Join('\n', _bench.Logs.Lines) + string.Join('\n', await ActsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("person", "7", "Please choose who uses it")]
    [InlineData("new", "somebody", "Please choose who uses it")]
    [InlineData("slot", "255", "from 0 to 254")]
    [InlineData("slot", "x", "from 0 to 254")]
    [InlineData("code", "4711", "together with a user number")]
    [InlineData("since", "2026-11-27", "in the future")]
    [InlineData("since", "yesterday", "2026-03-01")]
    public async Task What_can_not_be_is_said_and_nothing_is_done(string field, string value, string said)
    {
        HttpResponseMessage answer = await PostAsync(People, [.. new[] { ("person", "1"), ("confirmed", "yes") }.Where(other => other.Item1 != field), (field, value)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(said, await TextAsync(answer), StringComparison.Ordinal);
        Assert.Empty((await FindAsync()).People);
    }

    [Fact]
    public async Task What_was_somebody_elses_until_now_is_not_made_anothers()
    {
        await _bench.Devices.AssignAsync(Address, null, SampleReadings.Patient, PagesBench.Start.AddDays(-3), default);
        HttpResponseMessage answer = await PostAsync(People, ("person", "2"), ("since", "2026-11-20"), ("confirmed", "yes"));
        Assert.Contains("somebody else's until now", await TextAsync(answer), StringComparison.Ordinal);
        Assert.Equal(SampleReadings.Patient, (await FindAsync()).Patient);
        _bench.HubClock.IsTimeKnown = false;
        Assert.Contains("does not know the time yet", await TextAsync(await PostAsync(People, ("person", "2"), ("confirmed", "yes"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false, "shows no time that can be used", "Set date and time on the device")]
    [InlineData(2, false, "Right", "60 minutes ago")]
    [InlineData(-420, true, "7 minutes behind", "The hub has set it right")]
    [InlineData(7200, false, "2 hours ahead", "corrects the times of the readings")]
    public async Task The_clock_is_explained_in_words(int? seconds, bool wasSet, string said, string explained)
    {
        Assert.Contains("was not compared yet", await _nurse.ReadAsync(One), StringComparison.Ordinal);
        var clock = new DeviceClockNote(PagesBench.Start.AddHours(-1), seconds is { } off ? TimeSpan.FromSeconds(off) : null, wasSet);
        await _bench.Devices.NoteSessionAsync(Address, new DeviceSessionNote(PagesBench.Start.AddHours(-1), null) { Clock = clock }, default);
        string page = await _nurse.ReadAsync(One);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains(explained, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_no_reading_appears_is_said_while_what_devices_tell_is_held()
    {
        Assert.DoesNotContain("does not know the time", await _nurse.ReadAsync(One + "/test"), StringComparison.Ordinal);
        _bench.Overview.Now = _bench.Overview.Now with { HeldBecause = HoldReason.TimeNotKnown };
        string warning = HomeHub.Web.Texts.Languages.Default.Texts["warning.time-not-known"];
        Assert.Contains(warning, await _nurse.ReadAsync(One + "/test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_is_taken_away_replaced_and_forgotten_each_after_a_question()
    {
        await AddAsync(OtherAddress, "New cuff");
        await _bench.Devices.AssignAsync(Address, 1, SampleReadings.Patient, PagesBench.Start.AddDays(-3), default);
        await _bench.Devices.AssignAsync(Address, 2, SampleReadings.OtherPatient, PagesBench.Start.AddDays(-3), default);
        Assert.Equal(HttpStatusCode.NotFound, (await _nurse.GetAsync(One + "/take")).StatusCode);
        await PostAsync(One + "/take/2");
        Assert.Equal(2, (await FindAsync()).Slots.Count);
        await PostAsync(One + "/take/2", ("confirmed", "yes"));
        Assert.Equal(SampleReadings.Patient, Assert.Single((await FindAsync()).Slots).Patient);

        HttpResponseMessage byNumber = await PostAsync(One + "/replace", ("by", "C0FFEE000002"), ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, byNumber.StatusCode);
        Assert.Contains("Give the new device to each of them under the number", await TextAsync(byNumber), StringComparison.Ordinal);
        await PostAsync(One + "/take/1", ("confirmed", "yes"));
        await _bench.Devices.AssignAsync(Address, null, SampleReadings.Patient, PagesBench.Start.AddDays(-3), default);
        Assert.Contains("New cuff", await _nurse.ReadAsync(One + "/replace"), StringComparison.Ordinal);
        Assert.Contains("New cuff is used by Begoña from now on", await TextAsync(await PostAsync(One + "/replace", ("by", "C0FFEE000002"))), StringComparison.Ordinal);
        Assert.Empty((await FindAsync(OtherAddress)).People);
        await PostAsync(One + "/replace", ("by", "C0FFEE000002"), ("confirmed", "yes"));
        Assert.Equal(SampleReadings.Patient, (await FindAsync(OtherAddress)).Patient);
        Assert.Empty((await FindAsync()).People);

        await PostAsync(One + "/forget");
        Assert.NotNull(await _bench.Devices.FindAsync(Address, default));
        Assert.Equal("/devices?done=saved", (await PostAsync(One + "/forget", ("confirmed", "yes"))).Headers.Location!.ToString());
        Assert.Null(await _bench.Devices.FindAsync(Address, default));
        Assert.Equal(
            [
                "device-unassigned  device=C0:FF:EE:00:00:01; user=2", "device-unassigned  device=C0:FF:EE:00:00:01; user=1",
                "device-assigned Patient/p1 device=C0:FF:EE:00:00:02; replaces=C0:FF:EE:00:00:01", "device-unassigned  device=C0:FF:EE:00:00:01; replaced-by=C0:FF:EE:00:00:02",
                "device-forgotten  device=C0:FF:EE:00:00:01",
            ],
            await ActsAsync());
    }

    private Task AddAsync(string address, string name) => _bench.Devices.SaveAsync(
        new RegisteredDevice { Address = address, Name = name, Patient = null, PairedAt = PagesBench.Start.AddDays(-9), Bond = BondSecurity.SecureConnections }, default);

    private async Task<RegisteredDevice> FindAsync(string address = Address) => (await _bench.Devices.FindAsync(address, default))!;

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        await _nurse.GetAsync(path);
        return await _nurse.PostAsync(path, fields);
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private async Task<string[]> ActsAsync() => [.. (await _bench.Audit.ReadAsync(0, 100, default)).Select(entry => $"{entry.Note.Act} {entry.Note.Patient?.Key} {entry.Note.About}")];
}
