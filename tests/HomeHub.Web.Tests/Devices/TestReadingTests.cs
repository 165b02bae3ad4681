using System.Diagnostics;
using System.Net;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.People;
using HomeHub.Core.Sessions;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Devices;

/// <summary>A test reading: seen at once, sent to nobody, the patient's or thrown away.</summary>
public sealed class TestReadingTests : SetupFixture
{
    private const string One = "/devices/" + Digits, Test = One + "/test", Readings = One + "/readings";

    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, decimal> Values = new() { ["systolic"] = 137, ["diastolic"] = 81, ["pulse"] = 66 };

    [Fact]
    public async Task It_is_shown_within_two_seconds_of_arriving_and_nothing_is_sent()
    {
        CarriedDevice cuff = await SetUpAsync(BenchDevices.BondedCuff);
        HttpResponseMessage live = await Nurse.SendAsync("GET", Test + "/live", head: true);
        using var reader = new StreamReader(await live.Content.ReadAsStreamAsync());
        await ReadUntilAsync(reader, "Nothing has come yet");
        await cuff.Model.MeasureAsync(Values, default);
        await Eventually.HoldsAsync(async () => (await UnassignedAsync()).Length > 0, () => "the reading arrives", Eventually.Deadline, TimeSpan.FromMilliseconds(5));
        long arrived = Stopwatch.GetTimestamp();
        await ReadUntilAsync(reader, "Upper pressure 137 mmHg");
        Assert.InRange(Stopwatch.GetElapsedTime(arrived), TimeSpan.Zero, ShownWithin);
        UnassignedReading reading = Assert.Single(await UnassignedAsync(), one => one.Reading.Record.Reading.Values.Length > 1);
        Assert.Equal(UnassignedReason.DeviceOfNobody.ToWire(), reading.Reason);
        Assert.Equal(0, Bench.Buffer.CountBuffered(Recipient.CareTeam));
        Assert.Contains("Test: sent to nobody", await Nurse.ReadAsync(Test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_thrown_away_and_stays_so_when_the_hub_starts_anew_before_it()
    {
        await MeasureAsync();
        await Bench.RestartAsync();
        await ReadsAsync(Readings, "Upper pressure 137 mmHg");
        Assert.Equal(0, Bench.Buffer.CountBuffered(Recipient.CareTeam));
        await DecideAsync("test");
        Assert.Empty(await UnassignedAsync());
        Assert.Equal(0, Bench.Buffer.CountBuffered(Recipient.CareTeam));
        List<RecordedAct> acts = [];
        await foreach (RecordedAct act in Bench.Buffer.ReadActsAsync(default))
        {
            acts.Add(act);
        }

        Assert.All(acts, act => Assert.Equal((ActKind.Discard, "test"), (act.Act.Kind, act.Act.Reason)));
        Assert.NotEmpty(acts);
    }

    [Fact]
    public async Task A_reading_that_is_the_patients_goes_where_the_patient_agreed_to()
    {
        await MeasureAsync();
        await DecideAsync("1");
        Assert.Empty(await UnassignedAsync());
        Assert.NotEmpty(await HistoryAsync(SampleReadings.Patient));
        Assert.True(Bench.Buffer.CountBuffered(Recipient.CareTeam) > 0);
        Assert.Contains(await ActsAsync(), act => act.StartsWith("reading-assigned Patient/p1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_done_before_it_was_shown_back()
    {
        await MeasureAsync();
        UnassignedReading[] waiting = await UnassignedAsync();
        await Nurse.GetAsync(Readings);
        HttpResponseMessage asked = await Nurse.PostAsync(Readings, [.. waiting.Select(reading => ($"reading-{reading.Reading.Id}", "test"))]);
        Assert.Contains("thrown away, and never sent", WebUtility.HtmlDecode(await asked.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(waiting.Length, (await UnassignedAsync()).Length);
        await Nurse.PostAsync(Readings, [("confirmed", "yes"), .. waiting.Select(reading => ($"reading-{reading.Reading.Id}", "99"))]);
        Assert.Equal(waiting.Length, (await UnassignedAsync()).Length);
    }

    [Fact]
    public async Task What_a_nurse_measures_on_herself_is_not_the_patients_though_the_device_was_connected_as_theirs()
    {
        CarriedDevice cuff = await SetUpAsync(BenchDevices.BondedCuff);
        await Bench.Devices.AssignAsync(Address, null, SampleReadings.Patient, Bench.Clock.GetUtcNow().AddHours(-1), default);
        await Eventually.HoldsAsync(
            async () =>
            {
                await cuff.Model.MeasureAsync(Values, default);
                return (await HistoryAsync(SampleReadings.Patient)).Length > 0;
            },
            () => "the patient's reading is the patient's", Eventually.Deadline, TimeSpan.FromSeconds(1));
        await Nurse.GetAsync(One + "/take");
        await Nurse.PostAsync(One + "/take", ("confirmed", "yes"));
        await Task.Delay(PeripheralSource.RegistryAge);
        int before = (await HistoryAsync(SampleReadings.Patient)).Length;
        await cuff.Model.MeasureAsync(new Dictionary<string, decimal> { ["systolic"] = 111, ["diastolic"] = 71, ["pulse"] = 61 }, default);
        await ReadsAsync(Test, "Upper pressure 111 mmHg");
        Assert.Equal(before, (await HistoryAsync(SampleReadings.Patient)).Length);
    }

    [Fact]
    public async Task What_lay_in_the_devices_memory_before_is_told_apart()
    {
        await SetUpAsync(BenchDevices.Meter);
        string page = await ReadsAsync(Test, "5 older readings are waiting");
        Assert.Contains("From the device's memory, before it was set up", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Test: sent to nobody", page, StringComparison.Ordinal);
    }

    private async Task MeasureAsync()
    {
        CarriedDevice cuff = await SetUpAsync(BenchDevices.BondedCuff);
        await cuff.Model.MeasureAsync(Values, default);
        await ReadsAsync(Test, "Upper pressure 137 mmHg");
    }

    /// <summary>Says of everything that waits what it is, and confirms.</summary>
    private async Task DecideAsync(string what)
    {
        await Nurse.GetAsync(Readings);
        (string, string)[] fields = [("confirmed", "yes"), .. (await UnassignedAsync()).Select(reading => ($"reading-{reading.Reading.Id}", what))];
        Assert.Equal(HttpStatusCode.SeeOther, (await Nurse.PostAsync(Readings, fields)).StatusCode);
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        using var limit = new CancellationTokenSource(Eventually.Deadline);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before it said: {text}");
    }
}
