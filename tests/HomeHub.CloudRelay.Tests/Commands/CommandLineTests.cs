using System.Net;
using System.Net.Sockets;
using HomeHub.CloudRelay.Commands;
using HomeHub.CloudRelay.Store;
using HomeHub.Contract;
using HomeHub.Mosquitto;
using HomeHub.Testing;

namespace HomeHub.CloudRelay.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("broker", "run", "--data", "/tmp/none")]
    [InlineData("data", "run", "--broker", "mqtt://127.0.0.1")]
    [InlineData("broker", "run", "--data", "/tmp/none", "--broker", "http://127.0.0.1")]
    [InlineData("listen", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--listen", "http://0.0.0.0:8090")]
    [InlineData("fhir-server", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--fhir-server", "http://fhir.example/r4")]
    [InlineData("enrolment", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--enrolment", "/nowhere")]
    [InlineData("tls-key", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--tls-certificate", "x")]
    [InlineData("broker-ca", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--broker-ca", "/dev/null")]
    [InlineData("broker-certificate", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--broker-certificate", "/dev/null", "--broker-key", "/dev/null")]
    [InlineData("log-level", "run", "--data", "/tmp/none", "--broker", "mqtt://127.0.0.1", "--log-level", "loud")]
    [InlineData("config", "run", "--config", "/nowhere")]
    [InlineData("--frobnicate", "run", "--frobnicate")]
    [InlineData("--data", "dead-letters", "list")]
    public async Task Wrong_usage_is_2_and_names_the_key(string key, params string[] args)
    {
        using var error = new StringWriter();
        Assert.Equal(2, await RelayCommandLine.RunAsync(args, TextWriter.Null, error));
        Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"borker\":\"mqtt://127.0.0.1\"}", "borker")]
    [InlineData("{\"data\":1}", "data")]
    [InlineData("[]", "config")]
    [InlineData("{", "config")]
    public async Task A_wrong_configuration_file_is_2_and_names_the_key(string content, string key)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        using var error = new StringWriter();
        Assert.Equal(2, await RelayCommandLine.RunAsync(["run", "--config", file], TextWriter.Null, error));
        Assert.Contains(key, error.ToString(), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await RelayCommandLine.RunAsync(["run", "--help"], output, TextWriter.Null));
        Assert.Contains("Examples:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--fhir-server", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_can_not_be_used_is_1()
    {
        var file = Path.GetTempFileName();
        using var error = new StringWriter();
        Assert.Equal(1, await RelayCommandLine.RunAsync(["run", "--data", file, "--broker", "mqtt://127.0.0.1"], TextWriter.Null, error));
        Assert.NotEmpty(error.ToString());
        File.Delete(file);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_1_and_said_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var folder = Directory.CreateTempSubdirectory("relay-").FullName;
        using var relay = new RelayProcess("run", "--data", folder, "--broker", "mqtt://127.0.0.1:9", "--listen", $"http://{taken.LocalEndpoint}");
        Assert.Equal(1, await relay.ExitAsync());
        Assert.Contains("address already in use", relay.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", relay.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_that_it_receipted_and_stores_nothing_twice()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var folder = Directory.CreateTempSubdirectory("relay-").FullName;
        Assert.True(MosquittoAddress.TryParse(broker.Url, out var address, out _));
        await using var hub = new MosquittoClient(new MosquittoOptions { Address = address, ClientId = "hub" });
        hub.Start();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await hub.SubscribeAsync(Topics.ReceiptFilter(new SampleBundle().Hub), cancellation: deadline.Token);

        var at = new DateTimeOffset(2026, 3, 14, 7, 0, 0, TimeSpan.Zero);
        var unreceipted = Enumerable.Range(0, 60)
            .Select(i => new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), at.AddMinutes(2 * i)).WithTemperature(Guid.NewGuid(), "2026-03-14"))
            .ToDictionary(sample => sample.Id);
        var random = new Random(5);
        var receipted = 0;
        for (var life = 0; unreceipted.Count > 0; life++)
        {
            using var relay = new RelayProcess("run", "--data", folder, "--broker", broker.Url, "--listen", "http://127.0.0.1:0");
            if (life == 0)
            {
                // Until the relay was there once, the broker has nobody to keep messages for.
                await ConnectedAsync(relay);
            }

            foreach (var sample in unreceipted.Values)
            {
                await hub.PublishAsync(Topics.Bundle(sample.Hub, "care-team", sample.Id, BundleEncoding.Json), sample.Bytes(), cancellation: deadline.Token);
            }

            // Three lives end in the middle of the work, each after a few receipts more.
            var enough = life < 3 ? receipted + random.Next(1, 12) : int.MaxValue;
            while (unreceipted.Count > 0 && receipted < enough)
            {
                var message = await hub.Messages.ReadAsync(deadline.Token);
                Assert.True(Receipt.TryParse(message.Payload.Span, out var receipt));
                Assert.Equal(ReceiptOutcome.Committed, receipt.Outcome);
                receipted += unreceipted.Remove(receipt.Bundle) ? 1 : 0;
            }

            relay.Kill();
            await relay.ExitAsync();
        }

        using (var store = RelayStore.OpenReadOnly(folder))
        {
            Assert.Equal(2L + (60 * 2), store.Scalar("SELECT count(*) FROM resource"));
            Assert.Equal("ok", store.Scalar("PRAGMA integrity_check"));
        }

        using (var last = new RelayProcess("run", "--data", folder, "--broker", broker.Url, "--listen", "http://127.0.0.1:0"))
        {
            await ConnectedAsync(last);
            last.Terminate();
            Assert.True(await last.ExitAsync() == 0, last.Output);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task ConnectedAsync(RelayProcess relay) =>
        RelayFixture.EventuallyAsync(() => Task.FromResult(relay.HasExited || relay.Output.Contains("Connected", StringComparison.Ordinal)));
}
