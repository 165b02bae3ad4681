using HomeHub.Testing;

namespace HomeHub.Mosquitto.Tests;

/// <summary>Short ways to options and messages.</summary>
internal static class TestClients
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static CancellationToken Deadline => new CancellationTokenSource(Patience).Token;

    public static MosquittoAddress Address(string url) =>
        MosquittoAddress.TryParse(url, out var address, out var error) ? address : throw new ArgumentException(error);

    public static MosquittoOptions Options(MosquittoBroker broker, string id) => new()
    {
        Address = Address(broker.Url),
        ClientId = id,
        MaxReconnectDelay = TimeSpan.FromMilliseconds(300),
    };

    public static async Task<MosquittoClient> ConnectAsync(MosquittoOptions options)
    {
        var client = new MosquittoClient(options);
        client.Start();
        await client.WaitUntilConnectedAsync(Deadline);
        return client;
    }

    public static async Task<MosquittoMessage> NextAsync(MosquittoClient client) => await client.Messages.ReadAsync(Deadline);

    public static async Task<T> EventuallyAsync<T>(Func<T?> look)
        where T : class
    {
        var deadline = Deadline;
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            await Task.Delay(10, deadline);
        }
    }
}
