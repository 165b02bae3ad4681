using System.Diagnostics;
using System.Text;
using HomeHub.Testing;
using static HomeHub.Mosquitto.Tests.TestClients;

namespace HomeHub.Mosquitto.Tests;

public class MosquittoClientTests
{
    [Fact]
    public async Task What_is_published_arrives()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var client = await ConnectAsync(Options(broker, "a"));
        Assert.Equal(MosquittoProtocol.Mqtt5, client.Protocol);
        Assert.Equal(MosquittoState.Connected, client.State);
        Assert.True(client.LibraryVersion >= new Version(2, 0));
        await client.SubscribeAsync("t/+", cancellation: Deadline);
        await client.PublishAsync("t/1", "hello"u8.ToArray(), contentType: "text/plain", cancellation: Deadline);
        await client.PublishAsync("t/2", ReadOnlyMemory<byte>.Empty, MosquittoQos.AtMostOnce, cancellation: Deadline);
        var first = await NextAsync(client);
        Assert.Equal(("t/1", "hello", MosquittoQos.AtLeastOnce, false, "text/plain"), (first.Topic, Encoding.UTF8.GetString(first.Payload.Span), first.Qos, first.Retain, first.ContentType));
        var second = await NextAsync(client);
        Assert.Equal(("t/2", 0, MosquittoQos.AtMostOnce, (string?)null), (second.Topic, second.Payload.Length, second.Qos, second.ContentType));
    }

    [Fact]
    public async Task Retained_messages_wait_for_the_subscriber()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var sender = await ConnectAsync(Options(broker, "sender"));
        await sender.PublishAsync("status", "up"u8.ToArray(), retain: true, cancellation: Deadline);
        await using var receiver = await ConnectAsync(Options(broker, "receiver"));
        await receiver.SubscribeAsync("status", cancellation: Deadline);
        var message = await NextAsync(receiver);
        Assert.True(message.Retain);
        Assert.Equal("up"u8.ToArray(), message.Payload.ToArray());
    }

    [Theory]
    [InlineData(MosquittoProtocol.Mqtt5)]
    [InlineData(MosquittoProtocol.Mqtt311)]
    public async Task The_will_is_published_after_an_abrupt_end_only(MosquittoProtocol protocol)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var watcher = await ConnectAsync(Options(broker, "watcher"));
        await watcher.SubscribeAsync("will/#", cancellation: Deadline);
        MosquittoOptions WithWill(string id) => new()
        {
            Address = Address(broker.Url),
            ClientId = id,
            OnlyProtocol = protocol,
            Will = new MosquittoWill($"will/{id}", "gone"u8.ToArray(), MosquittoQos.AtLeastOnce, Retain: true),
        };
        await (await ConnectAsync(WithWill("orderly"))).DisposeAsync();
        await (await ConnectAsync(WithWill("abrupt"))).AbortAsync();
        var message = await NextAsync(watcher);
        Assert.Equal("will/abrupt", message.Topic);
        Assert.Equal("gone"u8.ToArray(), message.Payload.ToArray());
    }

    [Theory]
    [InlineData(MosquittoProtocol.Mqtt5)]
    [InlineData(MosquittoProtocol.Mqtt311)]
    public async Task The_broker_keeps_messages_for_a_session_that_is_away(MosquittoProtocol protocol)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        MosquittoOptions Away() => new() { Address = Address(broker.Url), ClientId = "away", OnlyProtocol = protocol };
        await using (var first = await ConnectAsync(Away()))
        {
            await first.SubscribeAsync("t", cancellation: Deadline);
        }

        await using var sender = await ConnectAsync(Options(broker, "sender"));
        await sender.PublishAsync("t", "while you were out"u8.ToArray(), cancellation: Deadline);
        await using var second = new MosquittoClient(Away());
        var present = new TaskCompletionSource<bool>();
        second.StateChanged += (_, change) =>
        {
            if (change.State == MosquittoState.Connected)
            {
                present.TrySetResult(change.SessionPresent);
            }
        };
        second.Start();
        Assert.Equal("while you were out"u8.ToArray(), (await NextAsync(second)).Payload.ToArray());
        Assert.True(await present.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_clean_start_finds_nothing()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using (var first = await ConnectAsync(Options(broker, "away")))
        {
            await first.SubscribeAsync("t", cancellation: Deadline);
        }

        await using var sender = await ConnectAsync(Options(broker, "sender"));
        await sender.PublishAsync("t", "lost"u8.ToArray(), cancellation: Deadline);
        await using var second = await ConnectAsync(new MosquittoOptions { Address = Address(broker.Url), ClientId = "away", CleanStart = true });
        await second.SubscribeAsync("t", cancellation: Deadline);
        await sender.PublishAsync("t", "kept"u8.ToArray(), cancellation: Deadline);
        Assert.Equal("kept"u8.ToArray(), (await NextAsync(second)).Payload.ToArray());
    }

    [Fact]
    public async Task A_killed_broker_fails_pending_publishes_and_is_found_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(new() { Persistence = false });
        await using var client = new MosquittoClient(Options(broker, "a"));
        var changes = new System.Collections.Concurrent.ConcurrentQueue<MosquittoStateEventArgs>();
        client.StateChanged += (_, change) => changes.Enqueue(change);
        client.Start();
        await client.SubscribeAsync("t", cancellation: Deadline);

        await broker.KillAsync();
        var error = await EventuallyAsync(() => Record(() => client.PublishAsync("t", new byte[10], cancellation: Deadline)));
        var lost = Assert.IsType<MosquittoException>(error);
        Assert.NotNull(lost.Failure);
        await EventuallyAsync(() => changes.FirstOrDefault(c => c.Failure?.Kind == MosquittoFailureKind.Unreachable));
        Assert.Equal(MosquittoFailureKind.Unreachable, client.LastFailure!.Kind);
        Assert.Contains("refused", client.LastFailure.Message, StringComparison.Ordinal);

        await broker.StartAgainAsync();
        await client.WaitUntilConnectedAsync(Deadline);
        Assert.Null(client.LastFailure);
        await client.PublishAsync("t", "again"u8.ToArray(), cancellation: Deadline);
        Assert.Equal("again"u8.ToArray(), (await NextAsync(client)).Payload.ToArray());
        await EventuallyAsync(() => changes.Last().State == MosquittoState.Connected ? "told" : null);
        var states = changes.Select(c => c.State).ToArray();
        Assert.Equal([MosquittoState.Connecting, MosquittoState.Connected, MosquittoState.Waiting], states[..3]);
        Assert.All(changes, c => Assert.True(c.RetryAfter <= TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task A_broker_that_stops_in_order_is_found_again_with_the_session()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var client = await ConnectAsync(Options(broker, "a"));
        await client.SubscribeAsync("t", cancellation: Deadline);
        await broker.StopAsync();
        await EventuallyAsync(() => client.LastFailure);
        await broker.StartAgainAsync();
        await client.WaitUntilConnectedAsync(Deadline);
        await client.PublishAsync("t", "again"u8.ToArray(), cancellation: Deadline);
        Assert.Equal("again"u8.ToArray(), (await NextAsync(client)).Payload.ToArray());
    }

    [Fact]
    public async Task Publishing_without_a_connection_fails_at_once_and_subscribing_waits()
    {
        var port = FreePort.Take();
        await using var client = new MosquittoClient(new() { Address = new("127.0.0.1", port, false), ClientId = "a" });
        client.Start();
        var error = await Assert.ThrowsAsync<MosquittoException>(() => client.PublishAsync("t", new byte[1], cancellation: Deadline));
        Assert.NotNull(error.Failure);
        var subscribing = client.SubscribeAsync("t");
        Assert.False(subscribing.IsCompleted);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MosquittoException>(() => subscribing);
        await Assert.ThrowsAsync<MosquittoException>(() => client.WaitUntilConnectedAsync(Deadline));
        await Assert.ThrowsAsync<MosquittoException>(() => client.PublishAsync("t", new byte[1], cancellation: Deadline));
        await Assert.ThrowsAsync<MosquittoException>(() => client.SubscribeAsync("t"));
        Assert.False(await client.Messages.WaitToReadAsync(Deadline));
        Assert.Equal(MosquittoState.Closed, client.State);
    }

    [Fact]
    public async Task Closing_sends_what_is_queued()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var receiver = await ConnectAsync(Options(broker, "receiver"));
        await receiver.SubscribeAsync("t", cancellation: Deadline);
        var sender = await ConnectAsync(Options(broker, "sender"));
        var publishes = Enumerable.Range(0, 50).Select(i => sender.PublishAsync("t", new[] { (byte)i })).ToArray();
        await sender.DisposeAsync();
        await Task.WhenAll(publishes);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal((byte)i, (await NextAsync(receiver)).Payload.Span[0]);
        }
    }

    [Fact]
    public async Task A_cancelled_publish_ends_its_wait()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var client = await ConnectAsync(Options(broker, "a"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PublishAsync("t", new byte[1], cancellation: new CancellationToken(true)));
        using var later = new CancellationTokenSource();
        var publishes = Enumerable.Range(0, 2000).Select(_ => client.PublishAsync("t", new byte[1000], cancellation: later.Token)).ToArray();
        await later.CancelAsync();
        var ended = await Task.WhenAll(publishes.Select(p => p.ContinueWith(t => t.Status, TaskScheduler.Default))).WaitAsync(Patience);
        Assert.All(ended, status => Assert.True(status is TaskStatus.RanToCompletion or TaskStatus.Canceled));
        await client.PublishAsync("t", new byte[1], cancellation: Deadline);
    }

    [Fact]
    public async Task A_full_receive_queue_holds_the_broker_back_and_loses_nothing()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var receiver = await ConnectAsync(new MosquittoOptions { Address = Address(broker.Url), ClientId = "r", MaxQueuedMessages = 10 });
        await receiver.SubscribeAsync("t", cancellation: Deadline);
        await using var sender = await ConnectAsync(Options(broker, "s"));
        for (var i = 0; i < 500; i++)
        {
            await sender.PublishAsync("t", BitConverter.GetBytes(i), cancellation: Deadline);
        }

        await EventuallyAsync(() => receiver.Messages.Count >= 10 ? "full" : null);
        Assert.InRange(receiver.Messages.Count, 10, 40);
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await NextAsync(receiver)).Payload.Span));
        }
    }

    [Fact]
    public async Task An_own_publish_is_acknowledged_though_the_receive_queue_is_full()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var client = await ConnectAsync(new MosquittoOptions { Address = Address(broker.Url), ClientId = "r", MaxQueuedMessages = 10 });
        await client.SubscribeAsync("t", cancellation: Deadline);
        await using var sender = await ConnectAsync(Options(broker, "s"));
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => sender.PublishAsync("t", BitConverter.GetBytes(i), cancellation: Deadline)));
        await EventuallyAsync(() => client.Messages.Count >= 10 ? "full" : null);
        await client.PublishAsync("other", new byte[1], cancellation: Deadline);
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await NextAsync(client)).Payload.Span));
        }
    }

    [Fact]
    public async Task A_shared_subscription_has_a_plain_one_on_311()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var five = await ConnectAsync(Options(broker, "five"));
        await five.SubscribeAsync("$share/g/t/#", "t/#", cancellation: Deadline);
        await using var six = await ConnectAsync(Options(broker, "six"));
        await six.SubscribeAsync("$share/g/t/#", "t/#", cancellation: Deadline);
        await using var old = await ConnectAsync(new() { Address = Address(broker.Url), ClientId = "old", OnlyProtocol = MosquittoProtocol.Mqtt311 });
        await old.SubscribeAsync("$share/g/t/#", "t/#", cancellation: Deadline);
        for (var i = 0; i < 20; i++)
        {
            await old.PublishAsync("t/x", BitConverter.GetBytes(i), cancellation: Deadline);
        }

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i, BitConverter.ToInt32((await NextAsync(old)).Payload.Span));
        }

        await EventuallyAsync(() => five.Messages.Count + six.Messages.Count >= 20 ? "all" : null);
        Assert.Equal(20, five.Messages.Count + six.Messages.Count);
    }

    public static TheoryData<byte[]> AnswersTo5 => new()
    {
        new byte[] { 0x20, 0x02, 0x00, 0x01 }, // CONNACK of 3.1.1: unacceptable protocol version
        new byte[] { 0x20, 0x03, 0x00, 0x84, 0x00 }, // CONNACK of 5: unsupported protocol version
        Array.Empty<byte>(), // closes without a word
    };

    [Theory]
    [MemberData(nameof(AnswersTo5))]
    public async Task A_broker_without_mqtt_5_is_spoken_to_in_311(byte[] answer)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var old = new OldBrokerDouble(broker.Port, answer);
        await using var client = await ConnectAsync(new() { Address = Address(old.Url), ClientId = "a", MaxReconnectDelay = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(MosquittoProtocol.Mqtt311, client.Protocol);
        await client.SubscribeAsync("t", cancellation: Deadline);
        await client.PublishAsync("t", "old"u8.ToArray(), contentType: "text/plain", cancellation: Deadline);
        var message = await NextAsync(client);
        Assert.Equal("old"u8.ToArray(), message.Payload.ToArray());
        Assert.Null(message.ContentType);
        Assert.Equal([5, 4], old.Levels);
    }

    [Fact]
    public async Task Wrong_credentials_give_the_brokers_reason_and_no_secret()
    {
        var passwords = Path.GetTempFileName();
        try
        {
            await using var broker = await MosquittoBroker.StartAsync(new() { MoreLines = [$"password_file {passwords}", "allow_anonymous false"] });
            await using var client = new MosquittoClient(new() { Address = Address(broker.Url), ClientId = "a", Username = "me", Password = "hunter2" });
            client.Start();
            var failure = await EventuallyAsync(() => client.LastFailure);
            Assert.Equal(MosquittoFailureKind.Refused, failure.Kind);
            Assert.Equal(0x87, failure.Code);
            Assert.Contains("Not authorized", failure.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(passwords);
        }
    }

    [Fact]
    public async Task An_unknown_host_says_so()
    {
        await using var client = new MosquittoClient(new() { Address = new("no-such-host.invalid", 1883, false), ClientId = "a" });
        client.Start();
        var failure = await EventuallyAsync(() => client.LastFailure);
        Assert.Equal(MosquittoFailureKind.Unreachable, failure.Kind);
    }

    [Fact]
    public async Task A_broker_that_never_answers_is_given_up_in_time()
    {
        var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        try
        {
            await using var client = new MosquittoClient(new()
            {
                Address = new("127.0.0.1", ((System.Net.IPEndPoint)silent.LocalEndpoint).Port, false),
                ClientId = "a",
                ConnectTimeout = TimeSpan.FromMilliseconds(300),
            });
            client.Start();
            var failure = await EventuallyAsync(() => client.LastFailure);
            Assert.Equal(MosquittoFailureKind.ConnectionLost, failure.Kind);
            Assert.Contains("in time", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            silent.Stop();
        }
    }

    [Fact]
    public async Task Ten_thousand_messages_of_1_KiB_go_through_in_order()
    {
        const int count = 10_000;
        await using var broker = await MosquittoBroker.StartAsync(new() { Persistence = false, MoreLines = ["log_type error"] });
        await using var receiver = await ConnectAsync(Options(broker, "receiver"));
        await receiver.SubscribeAsync("t", cancellation: Deadline);
        await using var sender = await ConnectAsync(Options(broker, "sender"));
        var watch = Stopwatch.StartNew();
        var sending = Task.Run(async () =>
        {
            var window = new Queue<Task>();
            for (var i = 0; i < count; i++)
            {
                var payload = new byte[1024];
                BitConverter.TryWriteBytes(payload, i);
                window.Enqueue(sender.PublishAsync("t", payload, cancellation: Deadline));
                if (window.Count == 64)
                {
                    await window.Dequeue();
                }
            }

            await Task.WhenAll(window);
        });
        for (var i = 0; i < count; i++)
        {
            var message = await NextAsync(receiver);
            Assert.Equal(1024, message.Payload.Length);
            Assert.Equal(i, BitConverter.ToInt32(message.Payload.Span));
        }

        await sending;
        Assert.True(watch.Elapsed < Patience, $"{count} messages took {watch.Elapsed}");
    }

    private static Exception? Record(Func<Task> act)
    {
        try
        {
            act().GetAwaiter().GetResult();
            return null;
        }
        catch (MosquittoException e)
        {
            return e;
        }
    }
}
