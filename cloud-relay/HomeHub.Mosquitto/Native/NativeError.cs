namespace HomeHub.Mosquitto.Native;

/// <summary>The members of <c>enum mosq_err_t</c> that are told apart.</summary>
internal static class NativeError
{
    public const int Success = 0;
    public const int Protocol = 2;
    public const int NoConnection = 4;
    public const int ConnectionLost = 7;
    public const int Tls = 8;
    public const int Errno = 14;
    public const int Eai = 15;
    public const int KeepAlive = 19;
    public const int MalformedPacket = 21;
}
