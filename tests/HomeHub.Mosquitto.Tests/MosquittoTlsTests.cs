using HomeHub.Testing;
using static HomeHub.Mosquitto.Tests.TestClients;

namespace HomeHub.Mosquitto.Tests;

public class MosquittoTlsTests
{
    [Fact]
    public async Task A_client_certificate_opens_the_door()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Tls = certificates, RequireClientCertificate = true });
        await using var client = await ConnectAsync(new()
        {
            Address = Address(broker.Url),
            ClientId = "a",
            CaFile = certificates.CaFile,
            CertificateFile = certificates.ClientCertificateFile,
            KeyFile = certificates.ClientKeyFile,
        });
        await client.SubscribeAsync("t", cancellation: Deadline);
        var big = new byte[300_000];
        new Random(1).NextBytes(big);
        await client.PublishAsync("t", big, cancellation: Deadline);
        Assert.Equal(big, (await NextAsync(client)).Payload.ToArray());

        await broker.KillAsync();
        await EventuallyAsync(() => client.LastFailure);
        await broker.StartAgainAsync();
        await client.WaitUntilConnectedAsync(Deadline);
        await client.PublishAsync("t", "again"u8.ToArray(), cancellation: Deadline);
        Assert.Equal("again"u8.ToArray(), (await NextAsync(client)).Payload.ToArray());
    }

    [Fact]
    public async Task Without_a_client_certificate_the_reason_names_it()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Tls = certificates, RequireClientCertificate = true });
        var failure = await FailureAsync(new() { Address = Address(broker.Url), ClientId = "a", CaFile = certificates.CaFile });

        // By TLS 1.3 the client has finished before the broker looks; whether its alert or the end of the connection is seen first is a matter of timing.
        Assert.True(failure.Kind is MosquittoFailureKind.Tls or MosquittoFailureKind.ConnectionLost, failure.ToString());
        Assert.Contains("client certificate", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_ca_gives_a_clear_error()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Tls = certificates });
        var failure = await FailureAsync(new() { Address = Address(broker.Url), ClientId = "a", CaFile = others.CaFile });
        Assert.Equal(MosquittoFailureKind.Tls, failure.Kind);
        Assert.Contains("CA file", failure.Message, StringComparison.Ordinal);
        Assert.Contains("certificate verify failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_systems_cas_do_not_know_a_private_ca()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Tls = certificates });
        var failure = await FailureAsync(new() { Address = Address(broker.Url), ClientId = "a" });
        Assert.Equal(MosquittoFailureKind.Tls, failure.Kind);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_accepted()
    {
        using var certificates = new TestCertificates();
        await using var broker = await MosquittoBroker.StartAsync(new() { Tls = certificates });
        var failure = await FailureAsync(new() { Address = new("127.0.0.2", broker.Port, true), ClientId = "a", CaFile = certificates.CaFile }, broker.Port);
        Assert.Equal(MosquittoFailureKind.Tls, failure.Kind);
    }

    [Fact]
    public async Task A_broker_without_tls_is_no_tls_broker()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        using var certificates = new TestCertificates();
        var failure = await FailureAsync(new()
        {
            Address = new("127.0.0.1", broker.Port, true),
            ClientId = "a",
            CaFile = certificates.CaFile,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        });
        Assert.True(failure.Kind is MosquittoFailureKind.Tls or MosquittoFailureKind.ConnectionLost, failure.ToString());
    }

    private static async Task<MosquittoFailure> FailureAsync(MosquittoOptions options, int forwardTo = 0)
    {
        using var forward = forwardTo == 0 ? null : Forward(options.Address, forwardTo);
        await using var client = new MosquittoClient(options);
        client.Start();
        return await EventuallyAsync(() => client.LastFailure);
    }

    /// <summary>Another loopback address with the same broker behind it, for which its certificate does not stand.</summary>
    private static System.Net.Sockets.TcpListener Forward(MosquittoAddress address, int port)
    {
        var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Parse(address.Host), address.Port);
        listener.Start();
        _ = Task.Run(async () =>
        {
            using var near = await listener.AcceptTcpClientAsync();
            using var far = new System.Net.Sockets.TcpClient();
            await far.ConnectAsync(System.Net.IPAddress.Loopback, port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        });
        return listener;
    }
}
