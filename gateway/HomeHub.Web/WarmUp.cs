using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HomeHub.Core.Household;
using HomeHub.Web.SignIn;
using HomeHub.Web.Tls;

namespace HomeHub.Web;

/// <summary>
/// The hub's own first visit to its pages, in their own way, through TLS: what a page needs of the program is compiled then, and not while the first person waits.
/// </summary>
internal static class WarmUp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Opens the page on which the nurse signs in.</summary>
    /// <param name="listen">Where the pages are served.</param>
    /// <param name="fingerprint">SHA-256 of their public key, 32 octets.</param>
    /// <param name="time">For the limit.</param>
    /// <param name="cancellation">The hub ends.</param>
    /// <exception cref="IOException">The pages did not answer.</exception>
    public static async Task RunAsync(IPEndPoint listen, IReadOnlyList<byte> fingerprint, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var socket = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Own(listen), either.Token).ConfigureAwait(false);
        var tls = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false);
        await using (tls.ConfigureAwait(false))
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                        certificate is X509Certificate2 hub && hub.GetECDsaPublicKey() is { } key && HubKey.FingerprintOf(key).AsSpan().SequenceEqual(fingerprint.ToArray()),
                },
                either.Token).ConfigureAwait(false);
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {SignInPages.PathOf(HouseholdAccounts.Nurse)} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nConnection: close\r\n\r\n"), either.Token).ConfigureAwait(false);
            await tls.CopyToAsync(Stream.Null, either.Token).ConfigureAwait(false);
        }
    }

    /// <summary>An address of this machine by which the pages are reached.</summary>
    private static IPEndPoint Own(IPEndPoint listen) =>
        listen.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listen.Port)
        : listen.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listen.Port)
        : listen;
}
