using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Household;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Own;

public sealed class ErasePageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = PagesBench.Start;

    private PagesBench _bench = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        await _bench.Buffer.AppendAsync([OwnReadings.Weight(Now, 70).ToKeep(), OwnReadings.Pressure(Now).ToSend(), OwnReadings.Weight(Now, 80, SampleReadings.OtherPatient).ToSend()], default);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_person_is_told_what_would_be_erased_is_asked_once_more_and_what_is_on_its_way_stays()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        string page = await person.ReadAsync("/people/1/erase");
        Assert.Contains("Can be erased now</dt><dd>1 reading", page, StringComparison.Ordinal);
        Assert.Contains("Still on their way</dt><dd>1 reading", page, StringComparison.Ordinal);
        Assert.Contains("1 reading will be erased", await person.ReadAsync("/people/1/erase/confirm"), StringComparison.Ordinal);
        string done = await SendAsync(person, "/people/1/erase", ("confirmed", "yes"));
        Assert.Contains("1 reading was erased", done, StringComparison.Ordinal);
        Assert.Contains("1 reading is still on its way and was not touched", done, StringComparison.Ordinal);
        Assert.Equal(new HeldReadings(0, 1), await _bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        AuditNote note = (await _bench.Audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.ReadingsErased, "person 1, at the pages", SampleReadings.Patient), (note.Act, note.Who, note.Patient));
    }

    [Fact]
    public async Task All_is_erased_where_that_is_wanted_and_nothing_of_anybody_else()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        Assert.Contains("name=\"all\" value=\"yes\"", await person.ReadAsync("/people/1/erase/confirm?all=yes"), StringComparison.Ordinal);
        Assert.Contains("No reading of yours is left", await SendAsync(person, "/people/1/erase", ("confirmed", "yes"), ("all", "yes")), StringComparison.Ordinal);
        Assert.Equal(default, await _bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        Assert.Equal(new HeldReadings(0, 1), await _bench.Buffer.CountHeldAsync(SampleReadings.OtherPatient, default));
    }

    [Fact]
    public async Task Without_the_word_that_confirms_it_nothing_is_erased()
    {
        PageBrowser person = await _bench.SignInAsync(1);
        await person.ReadAsync("/people/1/erase");
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostAsync("/people/1/erase")).StatusCode);
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/leave");
        Assert.Equal(HttpStatusCode.BadRequest, (await nurse.PostAsync("/people/1/leave")).StatusCode);
        Assert.Equal(new HeldReadings(1, 1), await _bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        Assert.NotNull(await _bench.Household.FindPersonAsync(1, default));
    }

    [Fact]
    public async Task Nobody_leaves_while_what_devices_told_is_held_and_consents_end_with_the_person()
    {
        await _bench.Consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.Weight), SampleConsents.Given(SampleReadings.OtherPatient, DataKinds.Weight)], default);
        _bench.Overview.Now = _bench.Overview.Now with { Held = 3 };
        PageBrowser nurse = await _bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/leave");
        HttpResponseMessage held = await nurse.PostAsync("/people/1/leave", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.Conflict, held.StatusCode);
        Assert.Contains("the hub does not know the time or the time zone yet", WebUtility.HtmlDecode(await held.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.NotNull(await _bench.Household.FindPersonAsync(1, default));
        _bench.Overview.Now = _bench.Overview.Now with { Held = 0 };
        await SendAsync(nurse, "/people/1/leave", ("confirmed", "yes"));
        Assert.Equal(
            (ConsentAnswer.Withdrawn, ConsentAnswer.Given),
            (_bench.Consents.State.Find(SampleReadings.Patient, DataKinds.Weight, Recipient.CareTeam)!.Answer, _bench.Consents.State.Find(SampleReadings.OtherPatient, DataKinds.Weight, Recipient.CareTeam)!.Answer));
    }

    [Fact]
    public async Task Of_somebody_who_leaves_all_is_gone_and_there_is_a_proof()
    {
        await _bench.Devices.SaveAsync(new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Name = "Cuff", Patient = SampleReadings.Patient, PairedAt = Now }, default);
        await _bench.Devices.SaveAsync(
            new RegisteredDevice
            {
                Address = "C0:FF:EE:00:00:02", Name = "Scale", Patient = null, PairedAt = Now,
                Slots = UserSlots.None.With(1, SampleReadings.Patient, Now).With(2, SampleReadings.OtherPatient, Now),
            },
            default);
        await _bench.Household.SetSettingAsync(HouseholdSettings.GlucoseUnitOf(1), "mg/dL", default);
        AuditEntry before = await _bench.Audit.AddAsync(new AuditNote(Now, AuditActs.DevicePaired, "nurse", null, "C0:FF:EE:00:00:01"), default);
        PageBrowser left = await _bench.SignInAsync(1);
        PageBrowser nurse = await _bench.SignInAsync(0);
        string page = await nurse.ReadAsync("/people/1/leave");
        foreach (string said in new[] { "Somebody leaves: Begoña", "2 readings", "Cuff, Scale", "The care team may never get these" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }

        string proof = await SendAsync(nurse, "/people/1/leave", ("confirmed", "yes"));
        AuditEntry after = (await _bench.Audit.ReadLastAsync(default))!;
        foreach (string said in new[] { "Proof of erasure", "Patient/p1", "26 November 2026, 08:30", "Nurse, at the pages", "2 readings", before.Mark, after.Mark })
        {
            Assert.Contains(said, proof, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Begoña", proof, StringComparison.Ordinal);
        Assert.Equal((AuditActs.PersonLeft, SampleReadings.Patient), (after.Note.Act, after.Note.Patient));
        Assert.Equal(default, await _bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        Assert.Null(await _bench.Household.FindPersonAsync(1, default));
        Assert.Null((await _bench.Household.GetPinAsync(1, default)).Hash);
        Assert.Null(await _bench.Household.GetSettingAsync(HouseholdSettings.GlucoseUnitOf(1), default));
        IReadOnlyList<RegisteredDevice> devices = await _bench.Devices.ListAsync(default);
        Assert.Equal([[], [SampleReadings.OtherPatient]], devices.Select(device => device.People.ToArray()));
        Assert.Equal(
            [AuditActs.PersonLeft, AuditActs.ReadingsErased, AuditActs.DeviceUnassigned, AuditActs.DeviceUnassigned],
            (await _bench.Audit.ReadNewestAsync(SampleReadings.Patient, long.MaxValue, 9, default)).Select(entry => entry.Note.Act));
        Assert.Equal(HttpStatusCode.SeeOther, (await left.GetAsync("/people/1")).StatusCode);
    }

    [Fact]
    public async Task What_a_device_told_just_before_is_waited_for_and_erased_too_and_it_goes_on_when_the_browser_goes_away()
    {
        await using var radio = new SimulatedCentral(TimeProvider.System);
        await using PagesBench bench = await PagesBench.OpenAsync(radio: radio);
        await bench.Devices.SaveAsync(new RegisteredDevice { Address = "C0:FF:EE:00:00:01", Name = "Cuff", Patient = SampleReadings.Patient, PairedAt = Now }, default);
        await bench.Buffer.AppendAsync(OwnReadings.Weight(Now, 70));
        PageBrowser nurse = await bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/leave");
        using var going = new CancellationTokenSource();
        Task posted = nurse.PostAndGoAsync("/people/1/leave", going.Token, ("confirmed", "yes"));
        await Eventually.HoldsAsync(async () => !(await bench.Devices.ListAsync(default))[0].People.Any(), () => "the device is nobody's", Eventually.Deadline, TimeSpan.FromMilliseconds(20));

        // On its way when the device was taken away: it comes into the buffer as the person's.
        await bench.Buffer.AppendAsync(OwnReadings.Weight(Now, 71));
        await going.CancelAsync();
        await posted;
        await Eventually.HoldsAsync(() => bench.Overview.Asked.IsCancellationRequested, "the hub sees that nobody waits for the answer");
        Assert.Equal(new HeldReadings(0, 2), await bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        await Eventually.HoldsAsync(
            async () =>
            {
                bench.Time.Advance(TimeSpan.FromSeconds(1));
                return await bench.Household.FindPersonAsync(1, default) is null;
            },
            () => "the person is gone",
            Eventually.Deadline,
            TimeSpan.FromMilliseconds(20));
        Assert.True(bench.Time.GetUtcNow() - Now >= PeripheralSource.RegistryAge, "nothing was waited for");
        Assert.Equal(default, await bench.Buffer.CountHeldAsync(SampleReadings.Patient, default));
        Assert.Equal(AuditActs.PersonLeft, (await bench.Audit.ReadLastAsync(default))!.Note.Act);
    }

    [Fact]
    public async Task Who_has_no_device_is_not_waited_for()
    {
        await using var radio = new SimulatedCentral(TimeProvider.System);
        await using PagesBench bench = await PagesBench.OpenAsync(radio: radio);
        PageBrowser nurse = await bench.SignInAsync(0);
        await nurse.ReadAsync("/people/1/leave");
        Assert.Equal(HttpStatusCode.OK, (await nurse.PostAsync("/people/1/leave", ("confirmed", "yes"))).StatusCode);
    }

    private static async Task<string> SendAsync(PageBrowser browser, string path, params (string Name, string Value)[] fields)
    {
        HttpResponseMessage answer = await browser.PostAsync(path, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
