using System.Text;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Consent;

/// <summary>The driver goes by what people decided, whatever is on its way.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public sealed class ConsentDeliveryTests : IAsyncLifetime
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly UplinkDouble _uplink = new();
    private readonly InMemoryReadingBuffer _buffer = new();
    private readonly InMemoryConsentBook _consents = new();
    private readonly HubMetrics _metrics = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConsentKeeper _keeper;
    private readonly DeliveryDriver _driver;
    private Task _running = Task.CompletedTask;

    public ConsentDeliveryTests()
    {
        _driver = new DeliveryDriver(
            Recipient.CareTeam, new DeliveryOptions { MaxReadings = 10 }, _buffer, new EncoderDouble(), _uplink, _consents, _time, _metrics, NullLogger<DeliveryDriver>.Instance,
            new DiskWait(_time, NullLogger.Instance));
        _keeper = new ConsentKeeper(_consents, _buffer, [Recipient.CareTeam], _time, NullLogger<ConsentKeeper>.Instance);
        _keeper.Changed += _driver.Wake;
    }

    public Task InitializeAsync()
    {
        _running = Task.WhenAll(Task.Run(() => _driver.RunAsync(_stop.Token)), Task.Run(() => _keeper.RunAsync(_stop.Token)));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        await _uplink.DisposeAsync();
        await _buffer.DisposeAsync();
        _metrics.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Without_consent_nothing_is_published_and_it_is_withheld()
    {
        await AppendAsync(3);
        await SettlesAsync(async () => (await CountAsync()).Withheld == 3, "what may not go is withheld");
        Assert.Empty(_uplink.Published);
    }

    [Fact]
    public async Task What_was_withheld_goes_once_the_person_consents_and_the_recipient_is_told()
    {
        await AppendAsync(2);
        await SettlesAsync(async () => (await CountAsync()).Withheld == 2, "what may not go is withheld");
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.StartsWith("consent BloodPressure:Given", StringComparison.Ordinal)) && Texts().Any(text => text.Contains("reading ", StringComparison.Ordinal))), "consent and readings are published");
        foreach (UplinkDouble.Publication sent in _uplink.Published)
        {
            _uplink.Commit(sent.Id);
        }

        await SettlesAsync(() => Task.FromResult(_driver.IsDrained), "all is receipted");
        Assert.Equal(2, (await CountAsync()).Receipted);
        ConsentExtract extract = ConsentExtract.Of(_consents.State, SampleReadings.Patient, Recipient.CareTeam)!;
        Assert.Equal(extract.ContentHash, await _consents.GetToldAsync(SampleReadings.Patient, Recipient.CareTeam, default));
    }

    [Fact]
    public async Task A_withdrawal_takes_effect_on_what_is_under_way_and_what_may_go_still_goes()
    {
        await _consents.DecideAsync(SampleConsents.All(), default);
        await AppendAsync(1);
        await _buffer.AppendAsync([(SampleReadings.Record(0x2A1C, [0x00, 0x6C, 0x01, 0x00, 0xFF], SampleReadings.Start.AddMinutes(9)) with { Service = 0x1809 }).ToSend()], default);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("reading ", StringComparison.Ordinal))), "the readings are published once");
        await _consents.DecideAsync([SampleConsents.Not(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(async () => (await CountAsync()).Withheld == 1, "the reading under way is withheld");
        int before = _uplink.Published.Count;
        string refused = $"reading {EncoderDouble.EntryOf(_buffer.Hub, SampleReadings.BloodPressure(0))}";
        await SettlesAsync(() => Task.FromResult(Texts().Skip(before).Any(text => text.Contains("reading ", StringComparison.Ordinal))), "the other one goes on", TimeSpan.FromSeconds(40));
        Assert.DoesNotContain(Texts().Skip(before), text => text.Contains(refused, StringComparison.Ordinal));
        Assert.Contains(Texts(), text => text.Contains("BloodPressure:Withdrawn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_that_measures_what_is_refused_too_goes_without_it_and_again_whole_once_it_is_given()
    {
        await _consents.DecideAsync(
            [SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure), SampleConsents.Not(SampleReadings.Patient, DataKinds.Glucose, ConsentAnswer.Refused)], default);
        await AppendOfBothAsync(0);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("device 1810 ", StringComparison.Ordinal))), "the device goes as a monitor");
        await CommitsAllAsync();
        Assert.DoesNotContain(Texts(), text => text.Contains("1808,", StringComparison.Ordinal));

        int before = _uplink.Published.Count;
        await AppendOfBothAsync(1);
        await SettlesAsync(() => Task.FromResult(Texts().Skip(before).Any(text => text.Contains("reading ", StringComparison.Ordinal))), "another reading goes");
        await CommitsAllAsync();
        Assert.DoesNotContain(Texts().Skip(before), text => text.Contains("device ", StringComparison.Ordinal));

        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.Glucose)], default);
        await AppendOfBothAsync(2);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("device 1808,1810 ", StringComparison.Ordinal))), "the device goes again, whole");
    }

    [Fact]
    public async Task A_withdrawal_takes_what_it_is_about_from_a_device_under_way()
    {
        await _consents.DecideAsync(SampleConsents.All(), default);
        await AppendOfBothAsync(0);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("device 1808,1810 ", StringComparison.Ordinal))), "the device goes whole");
        await _consents.DecideAsync([SampleConsents.Not(SampleReadings.Patient, DataKinds.Glucose)], default);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("device 1810 ", StringComparison.Ordinal))), "it goes again, as a monitor");
        await AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.DoesNotContain(Texts().SkipWhile(text => !text.Contains("device 1810 ", StringComparison.Ordinal)), text => text.Contains("1808,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_told_and_not_receipted_is_not_repeated_after_something_newer()
    {
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("BloodPressure:Given", StringComparison.Ordinal))), "the consent is told");
        await _consents.DecideAsync([SampleConsents.Not(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(Texts().Count(text => text.Contains("BloodPressure:Withdrawn", StringComparison.Ordinal)) > 1), "the withdrawal is told again and again");
        int first = Texts().ToList().FindIndex(text => text.Contains("Withdrawn", StringComparison.Ordinal));
        Assert.DoesNotContain(Texts().Skip(first), text => text.Contains("Given", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_nobody_can_tell_what_was_decided_nothing_goes_and_nothing_is_withheld()
    {
        _consents.Fault = new BufferException(BufferFault.Damaged, "consent.db is damaged");
        await _consents.DecideAsync(SampleConsents.All(), default);
        await AppendAsync(2);
        await AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Empty(_uplink.Published);
        Assert.Equal(2, (await CountAsync()).Buffered);
        _consents.Fault = null;
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("reading ", StringComparison.Ordinal))), "they go once it can be read");
    }

    [Fact]
    public async Task What_came_while_nobody_could_tell_goes_once_somebody_can()
    {
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("BloodPressure:Given", StringComparison.Ordinal))), "the consent is told");
        _consents.Fault = new BufferException(BufferFault.Damaged, "consent.db is damaged");
        await SettlesAsync(() => Task.FromResult(_keeper.State.IsUnknown), "it is seen that nobody can tell");
        await _buffer.AppendAsync([new NewReading(SampleReadings.BloodPressure(1), [new NewDelivery(Recipient.CareTeam, DeliveryState.Withheld)])], default);
        _consents.Fault = null;
        await SettlesAsync(() => Task.FromResult(Texts().Any(text => text.Contains("reading ", StringComparison.Ordinal))), "it goes though nothing new was decided");
    }

    /// <summary>What waited for company when nobody could tell any more is due in each turn, and must not make the loop run without rest.</summary>
    [Fact]
    public async Task While_nobody_can_tell_the_driver_rests()
    {
        await _consents.DecideAsync(SampleConsents.All(), default);
        await SettlesAsync(() => Task.FromResult(!_uplink.Published.IsEmpty), "the consent is told");
        await AppendAsync(1);
        _consents.Fault = new BufferException(BufferFault.Damaged, "consent.db is damaged");
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        int before = _consents.Looks;
        await Task.Delay(200);
        Assert.InRange(_consents.Looks - before, 0, 10);
    }

    [Fact]
    public async Task What_one_relay_refuses_of_one_person_is_told_of_another()
    {
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(!_uplink.Published.IsEmpty), "the consent is told");
        _uplink.Refuse(_uplink.Published.First().Id, "not-enrolled");
        await SettlesAsync(() => Task.FromResult(_driver.IsDrained), "it is not repeated");
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.OtherPatient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(_uplink.Published.Select(sent => sent.Id).Distinct().Count() == 2), "the other's consent is told, with the same content");
    }

    [Fact]
    public async Task A_relay_that_does_not_take_a_consent_is_asked_once()
    {
        await _consents.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        await SettlesAsync(() => Task.FromResult(!_uplink.Published.IsEmpty), "the consent is told");
        _uplink.Refuse(_uplink.Published.First().Id, "unsupported-resource");
        await SettlesAsync(() => Task.FromResult(_driver.IsDrained), "it is not repeated");
        await AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Single(_uplink.Published);
        Assert.Null(await _consents.GetToldAsync(SampleReadings.Patient, Recipient.CareTeam, default));
    }

    [Fact]
    public async Task What_is_erased_on_its_way_is_not_sent_again_and_what_went_with_it_is()
    {
        await _consents.DecideAsync(SampleConsents.All(), default);
        await AppendAsync(2);
        await _buffer.AppendAsync(SampleReadings.Many(5, 2, SampleReadings.OtherPatient), default);
        await SettlesAsync(async () => (await CountAsync()).Sent == 4, "all is under way");
        await _buffer.EraseAsync(SampleReadings.Patient, withWaiting: true, default);
        await SettlesAsync(async () => (await CountAsync()).Sent == 0, "what is under way is let go of");
        int before = _uplink.Published.Count;
        await SettlesAsync(async () => (await CountAsync()).Sent == 2, "the other's are sent again");
        await AdvanceAsync(TimeSpan.FromSeconds(90));
        string[] again = [.. Texts().Skip(before).Where(text => text.Contains("reading ", StringComparison.Ordinal))];
        Assert.NotEmpty(again);
        Assert.DoesNotContain(again, text => text.Contains(Entry(0), StringComparison.Ordinal));
        Assert.All(again, text => Assert.Contains(Entry(5), text, StringComparison.Ordinal));

        string Entry(int number) => EncoderDouble.EntryOf(_buffer.Hub, SampleReadings.BloodPressure(number)).ToString();
    }

    private IEnumerable<string> Texts() => _uplink.Published.Select(sent => Encoding.UTF8.GetString(sent.Payload.Bytes.Span));

    private Task<BufferCounts> CountAsync() => _buffer.CountAsync(default);

    private async Task AppendAsync(int count)
    {
        await _buffer.AppendAsync(SampleReadings.Many(0, count), default);
        _driver.Wake();
    }

    /// <summary>A blood pressure of a device that measures glucose too.</summary>
    private async Task AppendOfBothAsync(int number)
    {
        await _buffer.AppendAsync([SampleReadings.BloodPressure(number, device: SampleReadings.Monitor.WithService(0x1808)).ToSend()], default);
        _driver.Wake();
    }

    private Task CommitsAllAsync() => SettlesAsync(
        () =>
        {
            foreach (UplinkDouble.Publication sent in _uplink.Published)
            {
                _uplink.Commit(sent.Id);
            }

            return Task.FromResult(_driver.IsDrained);
        },
        "all is receipted");

    /// <summary>Lets time pass, in steps that timers can follow.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
    }

    private async Task SettlesAsync(Func<Task<bool>> holds, string what, TimeSpan? within = null)
    {
        TimeSpan passed = TimeSpan.Zero;
        while (!await holds())
        {
            Assert.True(passed < (within ?? TimeSpan.FromMinutes(3)), $"Waited for: {what}");
            passed += TimeSpan.FromSeconds(1);
            _time.Advance(TimeSpan.FromSeconds(1));
            _driver.Wake();
            await Task.Delay(5);
        }
    }
}
