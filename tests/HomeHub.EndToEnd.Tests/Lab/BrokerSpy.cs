using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using HomeHub.Contract;
using HomeHub.Mosquitto;
using HomeHub.Testing;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>Reads everything that goes over the broker, as whoever stands there could.</summary>
public sealed class BrokerSpy : IAsyncDisposable
{
    private readonly MosquittoClient _client;
    private readonly Task _reading;

    private BrokerSpy(MosquittoClient client)
    {
        _client = client;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Topics and decompressed payloads, in order.</summary>
    public ConcurrentQueue<(string Topic, string Text)> Messages { get; } = [];

    /// <summary>Begins to listen.</summary>
    public static async Task<BrokerSpy> StartAsync(MosquittoBroker broker)
    {
        var client = new MosquittoClient(new() { Address = new("127.0.0.1", broker.Port, false), ClientId = "spy" });
        client.Start();
        await client.SubscribeAsync("#");
        return new BrokerSpy(client);
    }

    /// <summary>Bundles that went to a recipient.</summary>
    public IEnumerable<string> BundlesTo(string recipient) =>
        Messages.Where(message => message.Topic.Contains($"/{recipient}/bundle/", StringComparison.Ordinal)).Select(message => message.Text);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (MosquittoMessage message in _client.Messages.ReadAllAsync())
        {
            ReadOnlyMemory<byte> payload = message.Payload;
            if (message.Topic.EndsWith("/br", StringComparison.Ordinal))
            {
                var json = new ArrayBufferWriter<byte>();
                Assert.Null(BrotliPayload.Decompress(payload.Span, json));
                payload = json.WrittenMemory;
            }

            Messages.Enqueue((message.Topic, Encoding.UTF8.GetString(payload.Span)));
        }
    }
}
