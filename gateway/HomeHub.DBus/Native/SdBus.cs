using System.Runtime.InteropServices;

namespace HomeHub.DBus.Native;

/// <summary>What is used of sd-bus (sd-bus(3)). Return values below zero are negated errno values.</summary>
internal static unsafe partial class SdBus
{
    private const string Library = "libsystemd.so.0";

    public const byte MethodCall = 1, Signal = 4;

    /// <summary>Time-out of a call that sd-bus shall not watch: the binding watches it itself.</summary>
    public const ulong Never = ulong.MaxValue;

    [StructLayout(LayoutKind.Sequential)]
    public struct Error
    {
        public byte* Name;
        public byte* Message;
        public int NeedFree;
    }

    [LibraryImport(Library)]
    public static partial int sd_bus_new(out nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_set_address(nint bus, string address);

    [LibraryImport(Library)]
    public static partial int sd_bus_set_bus_client(nint bus, int isClient);

    [LibraryImport(Library)]
    public static partial int sd_bus_start(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_open_system(out nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_unique_name(nint bus, out byte* name);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_fd(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_events(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_timeout(nint bus, out ulong microseconds);

    [LibraryImport(Library)]
    public static partial int sd_bus_process(nint bus, nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_flush(nint bus);

    [LibraryImport(Library)]
    public static partial void sd_bus_close(nint bus);

    [LibraryImport(Library)]
    public static partial nint sd_bus_unref(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_add_filter(nint bus, nint slot, delegate* unmanaged[Cdecl]<nint, nint, Error*, int> callback, nint user);

    [LibraryImport(Library)]
    public static partial int sd_bus_call_async(
        nint bus, out nint slot, nint message, delegate* unmanaged[Cdecl]<nint, nint, Error*, int> callback, nint user, ulong microseconds);

    [LibraryImport(Library)]
    public static partial nint sd_bus_slot_unref(nint slot);

    [LibraryImport(Library)]
    public static partial int sd_bus_send(nint bus, nint message, nint cookie);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_method_call(nint bus, out nint message, string? destination, string path, string? @interface, string member);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_signal(nint bus, out nint message, string path, string @interface, string member);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_new_method_return(nint call, out nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_new_method_error(nint call, out nint message, Error* error);

    [LibraryImport(Library)]
    public static partial nint sd_bus_message_ref(nint message);

    [LibraryImport(Library)]
    public static partial nint sd_bus_message_unref(nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_type(nint message, out byte type);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_get_expect_reply(nint message);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_path(nint message);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_interface(nint message);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_member(nint message);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_sender(nint message);

    [LibraryImport(Library)]
    public static partial byte* sd_bus_message_get_signature(nint message, int complete);

    [LibraryImport(Library)]
    public static partial Error* sd_bus_message_get_error(nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_peek_type(nint message, out byte type, out byte* contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_basic(nint message, byte type, void* value);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_array(nint message, byte type, out void* data, out nuint size);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_enter_container(nint message, byte type, byte* contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_exit_container(nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_basic(nint message, byte type, void* value);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_array(nint message, byte type, void* data, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_open_container(nint message, byte type, string contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_close_container(nint message);
}
