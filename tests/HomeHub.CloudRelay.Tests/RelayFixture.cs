using System.Text.Json;
using HomeHub.CloudRelay.Commands;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using HomeHub.Mosquitto;
using HomeHub.Testing;

namespace HomeHub.CloudRelay.Tests;

/// <summary>A real broker, a relay on it, and a client that does what a hub does.</summary>
internal sealed class RelayFixture : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Action<RelaySettings>? _configure;

    private RelayFixture(MosquittoBroker broker, Action<RelaySettings>? configure)
    {
        Broker = broker;
        _configure = configure;
        Folder = Directory.CreateTempSubdirectory("relay-").FullName;
    }

    public MosquittoBroker Broker { get; }

    public string Folder { get; }

    public MosquittoClient Hub { get; private set; } = null!;

    public Relay Relay { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public static async Task<RelayFixture> StartAsync(Action<RelaySettings>? configure = null)
    {
        var fixture = new RelayFixture(await MosquittoBroker.StartAsync(), configure);
        await fixture.StartRelayAsync();
        Assert.True(MosquittoAddress.TryParse(fixture.Broker.Url, out var address, out _));
        fixture.Hub = new MosquittoClient(new MosquittoOptions { Address = address, ClientId = "hub" });
        fixture.Hub.Start();
        using var deadline = new CancellationTokenSource(Patience);
        await fixture.Hub.SubscribeAsync(Topics.ReceiptFilter(new SampleBundle().Hub), cancellation: deadline.Token);
        return fixture;
    }

    public async Task StartRelayAsync()
    {
        var settings = new RelaySettings();
        settings.Set("data", Folder);
        settings.Set("broker", Broker.Url);
        settings.Set("listen", "http://127.0.0.1:0");
        settings.Set("log-level", "error");
        _configure?.Invoke(settings);
        Relay = await Relay.StartAsync(RelayOptions.From(settings), TimeProvider.System, CancellationToken.None);
        await EventuallyAsync(() => Task.FromResult(Relay.NotReady() is null));
    }

    public Task<Receipt> SendAsync(SampleBundle sample, BundleEncoding encoding = BundleEncoding.Json) =>
        SendAsync(Topics.Bundle(sample.Hub, "care-team", sample.Id, encoding), sample.Incoming(encoding).Payload);

    public async Task<Receipt> SendAsync(string topic, ReadOnlyMemory<byte> payload)
    {
        using var deadline = new CancellationTokenSource(Patience);
        await Hub.PublishAsync(topic, payload, cancellation: deadline.Token);
        return await NextReceiptAsync();
    }

    public async Task<Receipt> NextReceiptAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var message = await Hub.Messages.ReadAsync(deadline.Token);
        Assert.True(Receipt.TryParse(message.Payload.Span, out var receipt));
        return receipt;
    }

    public async Task<JsonDocument> GetAsync(string path, int status = 200)
    {
        using var response = await Http.GetAsync(new Uri(Relay.Address, path));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return JsonDocument.Parse(body);
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Hub.DisposeAsync();
        await Relay.DisposeAsync();
        await Broker.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
