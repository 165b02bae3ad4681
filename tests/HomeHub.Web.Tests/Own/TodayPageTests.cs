using System.Net;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Holding;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Own;

public sealed class TodayPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = PagesBench.Start;

    private PagesBench _bench = null!;

    public async Task InitializeAsync() => _bench = await PagesBench.OpenAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_hub_that_works_says_so_in_one_line_and_nothing_measured_is_said_too()
    {
        string page = await ReadAsync();
        foreach (string said in new[] { "Everything is all right", "Nothing has been sent to the care team yet.", "Nothing has been measured today yet", "Not for emergencies", "tel:112", "Call 112" })
        {
            Assert.Contains(said, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null, "The hub is on.", "Everything is all right")]
    [InlineData(false, "The hub is plugged in and on.", "Everything is all right")]
    [InlineData(true, "The hub runs on its battery.", "whether its plug is in the socket")]
    public async Task What_the_hub_runs_on_is_said_and_on_its_battery_what_to_do(bool? isOnBattery, string said, string more)
    {
        _bench.Overview.Now = _bench.Overview.Now with { Power = isOnBattery is { } known ? new HubPower(known) : null };
        string page = await ReadAsync();
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains(more, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_something_was_last_received_is_told_of_the_person_and_not_of_the_household()
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Pressure(Now.AddMinutes(-40)), OwnReadings.Pressure(Now.AddMinutes(-30), patient: SampleReadings.OtherPatient));
        await _bench.Buffer.SettleAsync(Recipient.CareTeam, [2], [], Now.AddMinutes(-3), default);
        Assert.Contains("Nothing has been sent to the care team yet.", await ReadAsync(), StringComparison.Ordinal);
        await _bench.Buffer.SettleAsync(Recipient.CareTeam, [1], [], Now.AddMinutes(-20), default);
        Assert.Contains("last received readings 20 minutes ago", await ReadAsync(), StringComparison.Ordinal);
        await _bench.Consents.DecideAsync([SampleConsents.Not(SampleReadings.Patient, DataKinds.Weight, ConsentAnswer.Refused)], default);
        Assert.Contains("As you decided, nothing is sent", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_which_nobody_knows_when_it_was_measured_is_not_todays()
    {
        AcquiredReading reading = OwnReadings.Pressure(Now.AddMinutes(-5), 171);
        await _bench.Buffer.AppendAsync(reading with { Effective = reading.Effective with { Use = StampUse.NotUsable } });
        Assert.DoesNotContain("171", await ReadAsync(), StringComparison.Ordinal);
        string data = await (await _bench.SignInAsync(1)).ReadAsync("/people/1/data");
        Assert.Contains("171/83 mmHg", data, StringComparison.Ordinal);
        Assert.Contains("time not known", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_latest_of_each_kind_stands_there_with_its_time_and_how_it_compares()
    {
        await OwnReadings.FillAsync(_bench.Buffer, Now);
        await _bench.Buffer.AppendAsync(OwnReadings.Pressure(Now.AddMinutes(-2), 99, 55, SampleReadings.OtherPatient));
        string page = await ReadAsync();
        Assert.Contains("146/84 <span class=\"vital-unit\">mmHg</span>", page, StringComparison.Ordinal);
        Assert.Contains("today, 07:30", page, StringComparison.Ordinal);
        Assert.Contains("higher than your usual", page, StringComparison.Ordinal);
        Assert.Contains("72.400 <span class=\"vital-unit\">kg</span>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Measured earlier", StringComparison.Ordinal) < page.IndexOf("72.400", StringComparison.Ordinal));
        Assert.DoesNotContain("99/55", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_is_absent_is_no_number()
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Pressure(Now.AddMinutes(-5), OwnReadings.NaN));
        string page = await ReadAsync();
        Assert.Contains("No value: the device could not give one", page, StringComparison.Ordinal);
        Assert.DoesNotContain("vital-value", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_too_high_for_the_meter_is_told_as_that()
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Pressure(Now.AddMinutes(-5), 0x07FE));
        Assert.Contains("above what the device can show", await ReadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "5.4", "mmol/L")]
    [InlineData("mg/dL", "98", "mg/dL")]
    [InlineData("mmol/L", "5.4", "mmol/L")]
    public async Task Glucose_is_shown_in_the_unit_that_the_person_chose(string chosen, string number, string unit)
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Glucose(Now.AddMinutes(-5), 98));
        PageBrowser person = await _bench.SignInAsync(1);
        await person.GetAsync("/people/1/settings");
        Assert.Equal("/people/1/settings?done=saved", (await person.PostAsync("/people/1/units", ("glucose", chosen))).Headers.Location!.ToString());
        Assert.Contains($"{number} <span class=\"vital-unit\">{unit}</span>", await person.ReadAsync("/people/1"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await person.PostAsync("/people/1/units", ("glucose", "g"))).StatusCode);
    }

    [Fact]
    public async Task In_Spanish_glucose_is_in_mg_per_dL_unless_somebody_chose()
    {
        await _bench.Buffer.AppendAsync(OwnReadings.Glucose(Now.AddMinutes(-5), 98));
        PageBrowser person = await _bench.SignInAsync(1);
        await person.GetAsync("/people/1/settings");
        await person.PostAsync("/people/1/language", ("language", "es"));
        Assert.Contains("98 <span class=\"vital-unit\">mg/dL</span>", await person.ReadAsync("/people/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_all_right_is_told_with_what_to_do_and_what_is_the_nurses_is_not()
    {
        _bench.Overview.Now = _bench.Overview.Now with
        {
            IsConnected = false, HeldBecause = HoldReason.TimeNotKnown, Held = 2, Counts = new BufferCounts { Unassigned = 3 },
        };
        string page = await ReadAsync();
        Assert.Contains("Something needs a look", page, StringComparison.Ordinal);
        Assert.Contains("The care team can't be reached", page, StringComparison.Ordinal);
        Assert.Contains("The hub does not know the time yet", page, StringComparison.Ordinal);
        Assert.Contains("Nothing has been sent to the care team yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("whose some readings are", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_to_measure_next_goes_by_the_persons_own_measurements()
    {
        RegisteredDevice shared = new()
        {
            Address = SampleReadings.Monitor.Address, Name = "Shared cuff", Patient = null, PairedAt = Now.AddDays(-9), LastValueAt = Now, ExpectedEvery = TimeSpan.FromDays(1),
            Slots = UserSlots.None.With(1, SampleReadings.Patient, Now.AddDays(-9)).With(2, SampleReadings.OtherPatient, Now.AddDays(-9)),
        };
        RegisteredDevice scale = new() { Address = "C0:FF:EE:00:00:77", Name = "Scale", Patient = SampleReadings.Patient, PairedAt = Now.AddDays(-9), LastValueAt = Now.AddHours(-20), ExpectedEvery = TimeSpan.FromDays(1) };
        RegisteredDevice others = scale with { Address = "C0:FF:EE:00:00:78", Name = "Not hers", Patient = SampleReadings.OtherPatient };
        _bench.Overview.Now = _bench.Overview.Now with { Devices = [scale, shared, others] };
        await _bench.Buffer.AppendAsync(OwnReadings.Pressure(Now.AddDays(-3)));
        string page = await ReadAsync();
        Assert.Contains("It was planned for: 24 November 2026, 08:30", page, StringComparison.Ordinal);
        Assert.Contains("By: today, 12:30", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("Shared cuff", StringComparison.Ordinal) < page.IndexOf("Scale", StringComparison.Ordinal));
        Assert.DoesNotContain("Not hers", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_is_not_there_has_no_page() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await _bench.SignInAsync(0)).GetAsync("/people/9")).StatusCode);

    private async Task<string> ReadAsync() => await (await _bench.SignInAsync(1)).ReadAsync("/people/1");
}
