using System.Net;
using System.Net.Sockets;

namespace HomeHub.Mosquitto.Tests;

/// <summary>
/// A double of a broker that knows MQTT 3.1.1 only: it answers a CONNECT of version 5 as such brokers do, and hands a CONNECT of 3.1.1 on to a real
/// mosquitto, byte for byte.
/// </summary>
internal sealed class OldBrokerDouble : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _broker;
    private readonly byte[] _answerTo5;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public OldBrokerDouble(int broker, byte[] answerTo5)
    {
        _broker = broker;
        _answerTo5 = answerTo5;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Url => $"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Protocol levels of the CONNECTs that came.</summary>
    public List<int> Levels { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();

                // CONNECT: 0x10, remaining length (one byte here), "MQTT" with its length, protocol level.
                var head = new byte[9];
                await stream.ReadExactlyAsync(head, _end.Token);
                lock (Levels)
                {
                    Levels.Add(head[8]);
                }

                if (head[8] == 5)
                {
                    await stream.WriteAsync(_answerTo5, _end.Token);
                    return;
                }

                using var real = new TcpClient();
                await real.ConnectAsync(IPAddress.Loopback, _broker, _end.Token);
                await real.GetStream().WriteAsync(head, _end.Token);
                await Task.WhenAny(stream.CopyToAsync(real.GetStream(), _end.Token), real.GetStream().CopyToAsync(stream, _end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The other end has gone: so does this one.
        }
    }
}
