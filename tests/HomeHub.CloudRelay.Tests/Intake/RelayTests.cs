using System.Text;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests.Intake;

/// <summary>The whole relay, with a real broker.</summary>
public sealed class RelayTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    [Fact]
    public async Task A_bundle_is_stored_receipted_and_served()
    {
        await using var relay = await RelayFixture.StartAsync();
        var (pressure, temperature) = (Guid.NewGuid(), Guid.NewGuid());
        var sample = new SampleBundle().WithDevices().WithBloodPressure(pressure, At).WithTemperature(temperature, "2026-03-14T08:00:00+01:00", "37.00");
        var receipt = await relay.SendAsync(sample, BundleEncoding.Brotli);
        Assert.Equal(ReceiptOutcome.Committed, receipt.Outcome);
        Assert.Equal(sample.Id, receipt.Bundle);
        Assert.Equal([sample.Gateway, sample.Cuff, pressure, temperature], receipt.Stored);

        using var served = await relay.GetAsync($"fhir/Observation/{temperature}");
        Assert.Equal("37.00", served.RootElement.GetProperty("valueQuantity").GetProperty("value").GetRawText());
        Assert.Equal($"Device/{sample.Cuff}", served.RootElement.GetProperty("device").GetProperty("reference").GetString());
        using var found = await relay.GetAsync("fhir/Observation?code=http://loinc.org|85354-9");
        Assert.Equal(1, found.RootElement.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_comes_again_is_receipted_as_a_duplicate()
    {
        await using var relay = await RelayFixture.StartAsync();
        var uuid = Guid.NewGuid();
        var sample = new SampleBundle().WithDevices().WithBloodPressure(uuid, At);
        await relay.SendAsync(sample);
        var receipt = await relay.SendAsync(sample);
        Assert.Empty(receipt.Stored);
        Assert.Equal([sample.Gateway, sample.Cuff, uuid], receipt.Duplicate);
        using var found = await relay.GetAsync("fhir/Observation?_summary=count");
        Assert.Equal(1, found.RootElement.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Devices_may_be_left_out_once_they_are_known_and_are_asked_for_otherwise()
    {
        await using var relay = await RelayFixture.StartAsync();
        var uuid = Guid.NewGuid();
        var early = await relay.SendAsync(new SampleBundle().WithBloodPressure(uuid, At));
        Assert.Equal((ReceiptOutcome.Rejected, ReasonCode.UnknownReference), (early.Outcome, early.Reason!.Value));
        Assert.Equal([new RejectedEntry(uuid, ReasonCode.UnknownReference)], early.Entries);

        await relay.SendAsync(new SampleBundle().WithDevices());
        var late = await relay.SendAsync(new SampleBundle().WithBloodPressure(uuid, At));
        Assert.Equal([uuid], late.Stored);
    }

    [Fact]
    public async Task A_relay_that_starts_again_knows_what_it_had_and_gets_what_came_meanwhile()
    {
        await using var relay = await RelayFixture.StartAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await relay.SendAsync(new SampleBundle().WithDevices().WithBloodPressure(first, At));
        await relay.Relay.DisposeAsync();
        var meanwhile = new SampleBundle().WithBloodPressure(second, At.AddMinutes(5));
        await relay.Hub.PublishAsync(Topics.Bundle(meanwhile.Hub, "care-team", meanwhile.Id, BundleEncoding.Json), meanwhile.Bytes());
        await relay.StartRelayAsync();
        var receipt = await relay.NextReceiptAsync();
        Assert.Equal((meanwhile.Id, second), (receipt.Bundle, Assert.Single(receipt.Stored)));
        using var found = await relay.GetAsync("fhir/Observation");
        Assert.Equal(2, found.RootElement.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("json", "hello", ReasonCode.NotJson)]
    [InlineData("json", "{\"resourceType\":\"Patient\"}", ReasonCode.NotFhir)]
    [InlineData("json", "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", ReasonCode.NotATransaction)]
    [InlineData("json", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}", ReasonCode.EmptyBundle)]
    [InlineData("br", "hello", ReasonCode.NotBrotli)]
    [InlineData("zstd", "hello", ReasonCode.UnknownEncoding)]
    public async Task A_bad_payload_is_a_dead_letter_and_is_receipted_as_rejected(string encoding, string payload, ReasonCode reason)
    {
        await using var relay = await RelayFixture.StartAsync();
        var sample = new SampleBundle();
        var topic = $"homehub/v1/{sample.Hub}/care-team/bundle/{sample.Id}/{encoding}";
        var receipt = await relay.SendAsync(topic, Encoding.UTF8.GetBytes(payload));
        Assert.Equal((ReceiptOutcome.Rejected, reason), (receipt.Outcome, receipt.Reason!.Value));
        await relay.SendAsync(topic, Encoding.UTF8.GetBytes(payload));
        var (exit, output) = await DeadLettersAsync(relay);
        Assert.Equal(0, exit);
        Assert.Contains(reason.ToWire(), output, StringComparison.Ordinal);
        Assert.Contains("\"times\":2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decompression_bomb_is_refused_and_the_relay_lives_on()
    {
        await using var relay = await RelayFixture.StartAsync();
        var sample = new SampleBundle();
        var bomb = BrotliPayload.Compress(Encoding.UTF8.GetBytes("{\"a\":\"" + new string(' ', 64 * 1024 * 1024) + "\"}"), 1);
        Assert.True(bomb.Length < ContractLimits.MaxPayloadBytes);
        var receipt = await relay.SendAsync(Topics.Bundle(sample.Hub, "care-team", sample.Id, BundleEncoding.Brotli), bomb);
        Assert.Equal(ReasonCode.DecompressionBomb, receipt.Reason);
        Assert.Equal(ReceiptOutcome.Committed, (await relay.SendAsync(new SampleBundle().WithDevices())).Outcome);
    }

    [Fact]
    public async Task A_payload_beyond_the_limit_is_refused()
    {
        await using var relay = await RelayFixture.StartAsync();
        var sample = new SampleBundle();
        var receipt = await relay.SendAsync(
            Topics.Bundle(sample.Hub, "care-team", sample.Id, BundleEncoding.Json), new byte[ContractLimits.MaxPayloadBytes + 1]);
        Assert.Equal(ReasonCode.TooLarge, receipt.Reason);
    }

    [Fact]
    public async Task A_hub_speaks_only_for_patients_enrolled_for_it()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""{"{{new SampleBundle().Hub}}":["Patient/p1"]}""");
        await using var relay = await RelayFixture.StartAsync(settings => settings.Set("enrolment", file));
        File.Delete(file);
        Assert.Equal(ReceiptOutcome.Committed, (await relay.SendAsync(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At))).Outcome);
        var receipt = await relay.SendAsync(new SampleBundle { Patient = "Patient/p2" }.WithBloodPressure(Guid.NewGuid(), At));
        Assert.Equal(ReasonCode.NotEnrolled, receipt.Reason);
        using var found = await relay.GetAsync("fhir/Observation?patient=p2");
        Assert.Equal(0, found.RootElement.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Ready_follows_the_broker_and_live_does_not()
    {
        await using var relay = await RelayFixture.StartAsync();
        Assert.Equal(200, await StatusAsync("health/ready"));
        await relay.Broker.StopAsync();
        await RelayFixture.EventuallyAsync(async () => await StatusAsync("health/ready") == 503);
        Assert.Equal(200, await StatusAsync("health/live"));
        await relay.Broker.StartAgainAsync();
        await RelayFixture.EventuallyAsync(async () => await StatusAsync("health/ready") == 200);

        async Task<int> StatusAsync(string path)
        {
            using var response = await relay.Http.GetAsync(new Uri(relay.Relay.Address, path));
            return (int)response.StatusCode;
        }
    }

    private static async Task<(int Exit, string Output)> DeadLettersAsync(RelayFixture relay)
    {
        using var output = new StringWriter();
        var exit = await CloudRelay.Commands.RelayCommandLine.RunAsync(["dead-letters", "list", "--data", relay.Folder, "--json"], output, TextWriter.Null);
        return (exit, output.ToString());
    }
}
