using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HomeHub.CloudRelay.Commands;
using HomeHub.CloudRelay.Forwarding;
using HomeHub.CloudRelay.Store;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.CloudRelay.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.CloudRelay.Tests.Forwarding;

public sealed class ForwarderTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.FromHours(1));

    [Fact]
    public async Task Bundles_arrive_with_all_that_they_refer_to()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var pressure = Guid.NewGuid();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(pressure, At));
        store.Take(new SampleBundle().WithTemperature(Guid.NewGuid(), "2026-03-14", "36.80").WithBits(Guid.NewGuid(), pressure, "2026-03-14", "2026-03-14"));
        await ForwardAsync(store, server);
        Assert.Empty(server.Faults);
        Assert.Equal(5, server.Resources.Count);
        Assert.Contains(server.Resources.Values, resource => resource.Contains("\"value\":36.80", StringComparison.Ordinal));
        Assert.Equal(2L, store.Count("bundle WHERE forward = 1"));
        Assert.Equal("Bearer server-token", server.Authorization);
    }

    [Fact]
    public async Task A_duplicate_under_another_uuid_is_forwarded_as_the_resource_that_it_is()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At));
        store.Take(new SampleBundle { Cuff = Guid.NewGuid() }.WithDevices().WithBloodPressure(Guid.NewGuid(), At).WithBloodPressure(Guid.NewGuid(), At.AddHours(1)));
        await ForwardAsync(store, server);
        Assert.Empty(server.Faults);
        Assert.Equal(4, server.Resources.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_update_is_forwarded_as_one_also_before_what_it_updates_was(bool isOriginalForwarded)
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var (pressure, other) = (Guid.NewGuid(), Guid.NewGuid());
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(pressure, At).WithBits(Guid.NewGuid(), pressure, "2026-03-14", "2026-03-14"));
        if (isOriginalForwarded)
        {
            await ForwardAsync(store, server);
            Assert.Contains(server.Resources.Values, resource => resource.Contains("150020", StringComparison.Ordinal) && resource.Contains("\"final\"", StringComparison.Ordinal));
        }

        // The hub knows it under another uuid by now.
        store.Take(new SampleBundle().WithBloodPressure(other, At).TakenBack());
        await ForwardAsync(store, server);
        Assert.Empty(server.Faults);
        Assert.Equal(4, server.Resources.Count);
        var taken = Assert.Single(server.Resources.Values, resource => resource.Contains("150020", StringComparison.Ordinal));
        Assert.Contains("\"entered-in-error\"", taken, StringComparison.Ordinal);
        Assert.Equal(2L, store.Count("bundle WHERE forward = 1"));
    }

    [Fact]
    public async Task An_update_for_which_the_server_has_several_is_a_dead_letter()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At).TakenBack());
        server.Refuse = bundle => bundle.GetRawText().Contains("\"PUT\"", StringComparison.Ordinal) ? 412 : 0;
        await ForwardAsync(store, server);
        Assert.Equal(1L, store.Count("dead_letter"));
    }

    [Fact]
    public async Task A_server_in_trouble_is_tried_again_until_it_takes_the_Bundle()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At));
        int[] answers = [503, 429, 500, 401, 404];
        server.Refuse = _ => server.Requests <= answers.Length ? answers[server.Requests - 1] : 0;
        await ForwardAsync(store, server);
        Assert.Equal(answers.Length + 1, server.Requests);
        Assert.Equal((3, 0L), (server.Resources.Count, store.Count("dead_letter")));
    }

    [Fact]
    public async Task One_entry_that_the_server_will_not_have_does_not_hold_up_the_others()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var bad = Guid.NewGuid();
        var sample = new SampleBundle().WithDevices();
        for (var i = 0; i < 20; i++)
        {
            sample.WithBloodPressure(i == 13 ? bad : Guid.NewGuid(), At.AddMinutes(i));
        }

        store.Take(sample);
        server.Refuse = bundle => bundle.GetRawText().Contains($"urn:uuid:{bad}", StringComparison.Ordinal) ? 422 : 0;
        await ForwardAsync(store, server);
        Assert.Equal(2 + 19, server.Resources.Count);
        Assert.Equal((1L, 1L), (store.Count("dead_letter WHERE reason = 'refused-by-server' AND status = 422"), store.Count("bundle WHERE forward = 2")));
        using var output = new StringWriter();
        using (var connection = store.Store.OpenReader())
        {
            DeadLetterList.Write(connection, json: true, output);
        }

        using var line = JsonDocument.Parse(output.ToString());
        Assert.Equal(bad, line.RootElement.GetProperty("entries")[0].GetGuid());
        Assert.Equal(22L, store.Count("resource"));
    }

    [Fact]
    public async Task An_Observation_of_which_the_server_has_several_counts_as_delivered()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var pressure = Guid.NewGuid();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(pressure, At));
        server.Refuse = bundle => bundle.GetRawText().Contains($"urn:uuid:{pressure}", StringComparison.Ordinal) ? 412 : 0;
        await ForwardAsync(store, server);
        Assert.Equal((2, 0L), (server.Resources.Count, store.Count("dead_letter")));
    }

    /// <summary>The server has several of the Device, so it can take nothing that refers to it, and has none of that.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_Observation_whose_Device_the_server_has_several_of_is_no_delivered_one(bool isDeviceOfEarlierBundle)
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var (pressure, sample) = (Guid.NewGuid(), new SampleBundle());
        server.Refuse = bundle => bundle.GetRawText().Contains($"\"fullUrl\":\"urn:uuid:{sample.Cuff}", StringComparison.Ordinal) ? 412 : 0;
        if (isDeviceOfEarlierBundle)
        {
            store.Take(new SampleBundle().WithDevices());
            await ForwardAsync(store, server);
        }

        store.Take((isDeviceOfEarlierBundle ? new SampleBundle() : sample.WithDevices()).WithBloodPressure(pressure, At));
        await ForwardAsync(store, server);
        Assert.Equal(1L, store.Count($"dead_letter WHERE reason = 'ambiguous-on-server' AND status = 412 AND entries = '{pressure}'"));
        Assert.Equal((2L, 1), (store.Count("dead_letter"), server.Resources.Count));
    }

    [Fact]
    public async Task What_is_taken_back_while_the_server_is_away_never_gets_there_as_final()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var pressure = Guid.NewGuid();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(pressure, At));
        server.Refuse = _ => 503;
        using var stop = new CancellationTokenSource();
        var run = RunAsync(store, server, stop.Token);
        await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || server.Requests > 2));
        store.Take(new SampleBundle().WithBloodPressure(pressure, At).TakenBack());
        var before = server.Requests;
        await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || server.Requests > before + 1));
        server.Refuse = _ => 0;
        await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || store.Count("bundle WHERE forward = 1") == 2));
        await stop.CancelAsync();
        await run;
        var change = Assert.Single(server.Changes, resource => resource.Contains("150020", StringComparison.Ordinal));
        Assert.Contains("\"entered-in-error\"", change, StringComparison.Ordinal);
    }

    /// <summary>The server takes each Bundle and the answer is lost, so that all is sent again, by another run of the relay; creates and updates.</summary>
    [Fact]
    public async Task What_is_sent_again_after_a_restart_changes_nothing()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var pressure = Guid.NewGuid();
        foreach (var sample in (SampleBundle[])[new SampleBundle().WithDevices().WithBloodPressure(pressure, At), new SampleBundle().WithBloodPressure(pressure, At).TakenBack()])
        {
            store.Take(sample);
            server.Spoil = () => 500;
            using var stop = new CancellationTokenSource();
            var (run, before) = (RunAsync(store, server, stop.Token), server.Requests);
            await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || server.Requests > before + 1));
            await stop.CancelAsync();
            await run;
            Assert.Equal(1L, store.Count("bundle WHERE forward = 0"));
            store.Reopen();
            server.Spoil = () => 0;
            await ForwardAsync(store, server);
        }

        Assert.Empty(server.Faults);
        Assert.Equal(["final", "entered-in-error"], server.Changes.Where(one => one.Contains("150020", StringComparison.Ordinal)).Select(Status));
        Assert.Equal((4, 0L), (server.Changes.Count, store.Count("dead_letter")));

        static string? Status(string resource) => JsonDocument.Parse(resource).RootElement.GetProperty("status").GetString();
    }

    [Fact]
    public async Task A_dead_server_is_tried_again_and_nothing_is_given_up()
    {
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At));
        using var dead = new TcpListener(IPAddress.Loopback, 0);
        dead.Start();
        using (var stop = new CancellationTokenSource())
        {
            var run = RunAsync(store, $"http://{dead.LocalEndpoint}", stop.Token);
            for (var i = 0; i < 3; i++)
            {
                using var deadline = new CancellationTokenSource(RelayFixture.Patience);
                (await dead.AcceptTcpClientAsync(deadline.Token)).Dispose();
            }

            await stop.CancelAsync();
            await run;
        }

        Assert.Equal((1L, 0L), (store.Count("bundle WHERE forward = 0"), store.Count("dead_letter")));
        await using var server = await FhirServerDouble.StartAsync();
        await ForwardAsync(store, server);
        Assert.Equal(3, server.Resources.Count);
    }

    [Fact]
    public async Task An_answer_that_stops_after_its_headers_is_none()
    {
        using var half = new TcpListener(IPAddress.Loopback, 0);
        half.Start();
        using var client = new FhirServerClient(new Uri($"http://{half.LocalEndpoint}/r4/"), null, TimeSpan.FromMilliseconds(300));
        var posted = client.PostAsync("{}"u8.ToArray(), At, CancellationToken.None);
        using var connection = await half.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"u8.ToArray());
        Assert.Equal(new ForwardAnswer(ForwardVerdict.Retry, 0, null), await posted.WaitAsync(RelayFixture.Patience));
    }

    [Fact]
    public async Task What_can_not_be_read_in_the_store_is_a_dead_letter_and_holds_up_nobody()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        var (lost, patient) = (Guid.NewGuid(), Guid.NewGuid());
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At));
        store.Take(new SampleBundle().WithBloodPressure(lost, At.AddHours(1)));
        store.Take(new SampleBundle().WithPatient(patient, "urn:oid:2.999", "P1"));
        store.Store.Connection.Execute("UPDATE bundle SET payload = x'7b7d' WHERE seq = 1");
        await ForwardAsync(store, server);
        Assert.Single(server.Resources);
        Assert.Equal((2L, 2L), (store.Count("dead_letter WHERE reason = 'unreadable-in-store'"), store.Count("dead_letter")));
        Assert.Equal(1L, store.Count($"dead_letter WHERE entries = '{lost}'"));
    }

    [Fact]
    public async Task What_was_not_forwarded_is_forwarded_after_a_restart()
    {
        await using var server = await FhirServerDouble.StartAsync();
        using var store = new StoreFixture();
        store.Take(new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), At));
        server.Refuse = _ => 503;
        using (var stop = new CancellationTokenSource())
        {
            var run = RunAsync(store, server, stop.Token);
            await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || server.Requests > 2));
            await stop.CancelAsync();
            await run;
        }

        store.Reopen();
        Assert.Equal(1L, store.Count("bundle WHERE forward = 0"));
        server.Refuse = _ => 0;
        await ForwardAsync(store, server);
        Assert.Equal(3, server.Resources.Count);
    }

    [Fact]
    public void Waiting_doubles_within_bounds_and_heeds_the_server()
    {
        var retry = new ForwardRetry { First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(60) };
        Assert.InRange(retry.Delay(0, null).TotalSeconds, 0.5, 1);
        Assert.InRange(retry.Delay(3, null).TotalSeconds, 4, 8);
        Assert.InRange(retry.Delay(1000, null).TotalSeconds, 30, 60);
        Assert.Equal(TimeSpan.FromSeconds(20), retry.Delay(0, TimeSpan.FromSeconds(20)));
        Assert.Equal(TimeSpan.FromSeconds(60), retry.Delay(0, TimeSpan.FromHours(1)));
    }

    private static async Task ForwardAsync(StoreFixture store, FhirServerDouble server)
    {
        using var stop = new CancellationTokenSource();
        var run = RunAsync(store, server, stop.Token);
        await RelayFixture.EventuallyAsync(() => Task.FromResult(run.IsCompleted || store.Count("bundle WHERE forward = 0") == 0));
        await stop.CancelAsync();
        await run;
    }

    private static Task RunAsync(StoreFixture store, FhirServerDouble server, CancellationToken cancellation) => RunAsync(store, server.Url, cancellation);

    private static async Task RunAsync(StoreFixture store, string url, CancellationToken cancellation)
    {
        using var metrics = new RelayMetrics();
        var retry = new ForwardRetry { First = TimeSpan.FromMilliseconds(5), Longest = TimeSpan.FromMilliseconds(20) };
        using var forwarder = new Forwarder(
            store.Store, new FhirServerClient(new Uri(url + "/"), "server-token"), TimeProvider.System, metrics, NullLogger.Instance, retry);
        await forwarder.RunAsync(cancellation);
    }
}
