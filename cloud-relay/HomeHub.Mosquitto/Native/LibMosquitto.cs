using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HomeHub.Mosquitto.Native;

/// <summary>The functions of libmosquitto 2.0 that the binding uses, as mosquitto.h declares them.</summary>
internal static unsafe partial class LibMosquitto
{
    public const string Name = "libmosquitto.so.1";

    public const int OptionProtocolVersion = 1;
    public const int OptionSendMaximum = 5;
    public const int OptionTcpNoDelay = 11;

    public const int Protocol311 = 4;
    public const int Protocol5 = 5;

    public const int PropertyContentType = 3;
    public const int PropertySessionExpiryInterval = 17;
    public const int PropertyMaximumPacketSize = 39;

    public const int LogError = 0x08;

    [LibraryImport(Name, EntryPoint = "mosquitto_lib_init")]
    public static partial int LibInit();

    [LibraryImport(Name, EntryPoint = "mosquitto_lib_version")]
    public static partial int LibVersion(out int major, out int minor, out int revision);

    [LibraryImport(Name, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial nint New(string clientId, [MarshalAs(UnmanagedType.U1)] bool cleanStart, nint userData);

    [LibraryImport(Name, EntryPoint = "mosquitto_destroy")]
    public static partial void Destroy(nint mosq);

    [LibraryImport(Name, EntryPoint = "mosquitto_int_option")]
    public static partial int IntOption(nint mosq, int option, int value);

    [LibraryImport(Name, EntryPoint = "mosquitto_threaded_set")]
    public static partial int ThreadedSet(nint mosq, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Name, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UsernamePasswordSet(nint mosq, string? username, string? password);

    [LibraryImport(Name, EntryPoint = "mosquitto_will_set_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int WillSet(
        nint mosq, string topic, int payloadLength, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TlsSet(nint mosq, string? caFile, string? caPath, string? certificateFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Name, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConnectBindV5(nint mosq, string host, int port, int keepAliveSeconds, string? bindAddress, nint properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_connect_async", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int ConnectAsync(nint mosq, string host, int port, int keepAliveSeconds);

    [LibraryImport(Name, EntryPoint = "mosquitto_disconnect_v5")]
    public static partial int Disconnect(nint mosq, int reasonCode, nint properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_publish_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Publish(
        nint mosq, out int mid, string topic, int payloadLength, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_subscribe_v5", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Subscribe(nint mosq, out int mid, string filter, int qos, int options, nint properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_socket")]
    public static partial int Socket(nint mosq);

    [LibraryImport(Name, EntryPoint = "mosquitto_want_write")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool WantWrite(nint mosq);

    [LibraryImport(Name, EntryPoint = "mosquitto_loop_read", SetLastError = true)]
    public static partial int LoopRead(nint mosq, int maxPackets);

    [LibraryImport(Name, EntryPoint = "mosquitto_loop_write", SetLastError = true)]
    public static partial int LoopWrite(nint mosq, int maxPackets);

    [LibraryImport(Name, EntryPoint = "mosquitto_loop_misc", SetLastError = true)]
    public static partial int LoopMisc(nint mosq);

    [LibraryImport(Name, EntryPoint = "mosquitto_property_add_int32")]
    public static partial int PropertyAddInt32(nint* properties, int identifier, uint value);

    [LibraryImport(Name, EntryPoint = "mosquitto_property_add_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int PropertyAddString(nint* properties, int identifier, string value);

    [LibraryImport(Name, EntryPoint = "mosquitto_property_read_string")]
    public static partial nint PropertyReadString(nint properties, int identifier, byte** value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Name, EntryPoint = "mosquitto_property_free_all")]
    public static partial void PropertyFreeAll(nint* properties);

    [LibraryImport(Name, EntryPoint = "mosquitto_strerror")]
    private static partial byte* StrError(int code);

    [LibraryImport(Name, EntryPoint = "mosquitto_connack_string")]
    private static partial byte* ConnackString(int code);

    [LibraryImport(Name, EntryPoint = "mosquitto_reason_string")]
    private static partial byte* ReasonString(int code);

    [LibraryImport(Name, EntryPoint = "mosquitto_connect_v5_callback_set")]
    public static partial void ConnectCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "mosquitto_disconnect_v5_callback_set")]
    public static partial void DisconnectCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "mosquitto_publish_v5_callback_set")]
    public static partial void PublishCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "mosquitto_message_v5_callback_set")]
    public static partial void MessageCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, NativeMessage*, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "mosquitto_subscribe_v5_callback_set")]
    public static partial void SubscribeCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, int, int, int*, nint, void> callback);

    [LibraryImport(Name, EntryPoint = "mosquitto_log_callback_set")]
    public static partial void LogCallbackSet(nint mosq, delegate* unmanaged[Cdecl]<nint, nint, int, byte*, void> callback);

    /// <summary>Text of a <c>mosq_err_t</c>.</summary>
    public static string ErrorText(int code) => Text(StrError(code)).TrimEnd('.');

    /// <summary>Text of an MQTT 3.1.1 CONNACK code.</summary>
    public static string ConnackText(int code) => Text(ConnackString(code)).TrimEnd('.');

    /// <summary>Text of an MQTT 5 reason code.</summary>
    public static string ReasonText(int code) => Text(ReasonString(code)).TrimEnd('.');

    public static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";
}
