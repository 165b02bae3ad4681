using System.Runtime.InteropServices;
using HomeHub.Mosquitto.Native;

namespace HomeHub.Mosquitto;

/// <summary>Says why a connection ended, from all that is known of it.</summary>
internal static class FailureReader
{
    private const int UnacceptableProtocol311 = 0x01;
    private const int UnsupportedProtocol5 = 0x84;

    /// <summary>Reads a connection's end.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="code">What the library's loop returned.</param>
    /// <param name="errno">errno at that moment.</param>
    public static MosquittoFailure Read(MosquittoSession session, int code, int errno)
    {
        if (session.ConnectCode is > 0 and int refused)
        {
            return Refused(session.Protocol, refused);
        }

        if (session.RefusedSubscription is { } subscription)
        {
            return new(
                MosquittoFailureKind.SubscriptionRefused,
                $"The broker refused a subscription: {LibMosquitto.ReasonText(subscription.Code)} (0x{subscription.Code:X2}).",
                subscription.Code);
        }

        if (code == NativeError.Tls || (session.Tls && session.Errors.Contains("OpenSSL", StringComparison.Ordinal)))
        {
            var detail = session.Errors is { Length: > 0 } errors ? errors : "no detail from the TLS library";
            return new(
                MosquittoFailureKind.Tls,
                $"TLS with the broker failed; check the CA file, the broker's host name and the client certificate ({detail}).");
        }

        if (session.DisconnectCode is >= 0x80 and int closed)
        {
            return new(
                MosquittoFailureKind.ClosedByBroker, $"The broker closed the connection: {LibMosquitto.ReasonText(closed)} (0x{closed:X2}).", closed);
        }

        if (session.ConnectCode is null && session.Protocol == MosquittoProtocol.Mqtt5 && code is NativeError.Protocol or NativeError.MalformedPacket)
        {
            return new(MosquittoFailureKind.ProtocolVersion, "The broker answered CONNECT with something that is no MQTT 5.", code);
        }

        return code switch
        {
            _ when session is { Tls: true, ConnectCode: null } && code != NativeError.Eai => new(
                MosquittoFailureKind.ConnectionLost,
                "The broker closed the connection before it answered CONNECT; by TLS 1.3 this is also how a broker ends that wants another client certificate, or one at all."),
            NativeError.Eai => new(MosquittoFailureKind.Unreachable, "The broker's host name can't be resolved."),
            NativeError.KeepAlive => new(MosquittoFailureKind.ConnectionLost, "The broker did not answer within the keep-alive time."),
            NativeError.Errno => new(MosquittoFailureKind.ConnectionLost, $"The connection to the broker broke: {Error(errno)}.", errno),
            _ when session.ConnectCode is null => new(MosquittoFailureKind.ConnectionLost, "The broker closed the connection before it answered CONNECT."),
            NativeError.Success or NativeError.ConnectionLost or NativeError.NoConnection => new(MosquittoFailureKind.ConnectionLost, "The connection to the broker was lost."),
            _ => new(MosquittoFailureKind.ConnectionLost, $"The connection to the broker was lost: {LibMosquitto.ErrorText(code)}.", code),
        };
    }

    /// <summary>A TCP connection that did not come about.</summary>
    public static MosquittoFailure Unreachable(int errno) =>
        new(MosquittoFailureKind.Unreachable, $"The broker can't be reached: {Error(errno)}.", errno);

    private static MosquittoFailure Refused(MosquittoProtocol protocol, int code) =>
        protocol == MosquittoProtocol.Mqtt5 && code is UnacceptableProtocol311 or UnsupportedProtocol5
            ? new(MosquittoFailureKind.ProtocolVersion, "The broker does not speak MQTT 5.", code)
            : new(
                code == UnacceptableProtocol311 ? MosquittoFailureKind.ProtocolVersion : MosquittoFailureKind.Refused,
                $"{(protocol == MosquittoProtocol.Mqtt5 ? $"The broker refused the connection: {LibMosquitto.ReasonText(code)}" : LibMosquitto.ConnackText(code))} (0x{code:X2}).",
                code);

    private static string Error(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
