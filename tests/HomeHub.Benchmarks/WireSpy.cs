using System.Text.Json;
using HomeHub.Contract;
using HomeHub.Mosquitto;

namespace HomeHub.Benchmarks;

/// <summary>Subscribes to the Bundles of all hubs and counts: payload bytes and the Observations in them.</summary>
internal sealed class WireSpy : IAsyncDisposable
{
    private readonly MosquittoClient _client;
    private readonly Task _reading;

    private WireSpy(MosquittoClient client)
    {
        _client = client;
        _reading = ReadAsync();
    }

    public long Bundles { get; private set; }

    public long PayloadBytes { get; private set; }

    public long Observations { get; private set; }

    public static async Task<WireSpy> StartAsync(int port)
    {
        if (!MosquittoAddress.TryParse($"mqtt://127.0.0.1:{port}", out MosquittoAddress? address, out string? error))
        {
            throw new InvalidOperationException(error);
        }

        var client = new MosquittoClient(new MosquittoOptions { Address = address, ClientId = "benchmark-spy", CleanStart = true });
        client.Start();
        using var deadline = new CancellationTokenSource(Programs.Patience);
        await client.SubscribeAsync(Topics.BundleFilter("care-team"), cancellation: deadline.Token);
        return new WireSpy(client);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (MosquittoMessage message in _client.Messages.ReadAllAsync())
        {
            Bundles++;
            PayloadBytes += message.Payload.Length;
            Observations += CountObservations(message);
        }
    }

    private static int CountObservations(MosquittoMessage message)
    {
        ReadOnlyMemory<byte> json = message.Payload;
        if (message.Topic.EndsWith("/br", StringComparison.Ordinal))
        {
            using var source = new MemoryStream(message.Payload.ToArray());
            using var brotli = new System.IO.Compression.BrotliStream(source, System.IO.Compression.CompressionMode.Decompress);
            using var plain = new MemoryStream();
            brotli.CopyTo(plain);
            json = plain.ToArray();
        }

        using JsonDocument bundle = JsonDocument.Parse(json);
        return bundle.RootElement.GetProperty("entry").EnumerateArray()
            .Count(entry => entry.GetProperty("resource").GetProperty("resourceType").ValueEquals("Observation"));
    }
}
