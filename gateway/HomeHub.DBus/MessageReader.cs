using System.Runtime.InteropServices;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>Reads the body of a message into plain objects, on the loop's thread. Bounded by the limits of the bus: 128 MiB, 64 levels.</summary>
internal static unsafe class MessageReader
{
    /// <summary>Most values in one message; a whole BlueZ with a hundred devices has some ten thousand.</summary>
    public const int MaxValues = 1_000_000;

    /// <summary>All arguments.</summary>
    /// <exception cref="DBusException">The message holds what is not supported, or is too large.</exception>
    public static object[] ReadAll(nint message)
    {
        int left = MaxValues;
        List<object> values = [];
        while (TryPeek(message, out byte type, out byte* contents))
        {
            values.Add(Read(message, type, contents, ref left));
        }

        return [.. values];
    }

    public static string Text(byte* text) => text is null ? "" : Marshal.PtrToStringUTF8((nint)text) ?? "";

    private static bool TryPeek(nint message, out byte type, out byte* contents) =>
        Check(SdBus.sd_bus_message_peek_type(message, out type, out contents)) > 0;

    private static object Read(nint message, byte type, byte* contents, ref int left)
    {
        if (--left < 0)
        {
            throw new DBusException(DBusErrors.InconsistentMessage, "A message holds too many values.");
        }

        return (char)type switch
        {
            'a' => ReadArray(message, contents, ref left),
            'r' or '(' => ReadStruct(message, contents, ref left),
            'v' => ReadVariant(message, contents, ref left),
            _ => ReadBasic(message, type),
        };
    }

    private static object ReadBasic(nint message, byte type)
    {
        ulong space = 0;
        if ((char)type == 'h')
        {
            throw new DBusException(DBusErrors.InconsistentMessage, "A message holds a file descriptor, which is not supported.");
        }

        Check(SdBus.sd_bus_message_read_basic(message, type, &space));
        void* at = &space;
        return (char)type switch
        {
            'y' => *(byte*)at,
            'b' => *(int*)at != 0,
            'n' => *(short*)at,
            'q' => *(ushort*)at,
            'i' => *(int*)at,
            'u' => *(uint*)at,
            'x' => *(long*)at,
            't' => space,
            'd' => *(double*)at,
            's' or 'g' => Text(*(byte**)at),
            'o' => new DBusPath(Text(*(byte**)at)),
            _ => throw new DBusException(DBusErrors.InconsistentMessage, $"A message holds {(char)type}, which is not supported."),
        };
    }

    private static object ReadArray(nint message, byte* contents, ref int left)
    {
        string element = Text(contents);
        if (element == "y")
        {
            Check(SdBus.sd_bus_message_read_array(message, (byte)'y', out void* data, out nuint size));
            return new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        }

        Check(SdBus.sd_bus_message_enter_container(message, (byte)'a', contents));
        object result = element[0] == '{' ? ReadEntries(message, element, ref left) : ReadElements(message, element, ref left);
        Check(SdBus.sd_bus_message_exit_container(message));
        return result;
    }

    private static object ReadElements(nint message, string element, ref int left)
    {
        List<object> values = [];
        while (TryPeek(message, out byte type, out byte* contents))
        {
            values.Add(Read(message, type, contents, ref left));
        }

        return element switch
        {
            "s" => values.ConvertAll(value => (string)value).ToArray(),
            "o" => values.ConvertAll(value => (DBusPath)value).ToArray(),
            _ => values.ToArray(),
        };
    }

    private static object ReadEntries(nint message, string element, ref int left) => element[1] switch
    {
        's' => ReadEntries<string>(message, ref left),
        'o' => ReadEntries<DBusPath>(message, ref left),
        'q' => ReadEntries<ushort>(message, ref left),
        _ => ReadEntries<object>(message, ref left),
    };

    private static Dictionary<TKey, object> ReadEntries<TKey>(nint message, ref int left)
        where TKey : notnull
    {
        Dictionary<TKey, object> entries = [];
        while (TryPeek(message, out byte type, out byte* contents))
        {
            Check(SdBus.sd_bus_message_enter_container(message, type, contents));
            TryPeek(message, out byte keyType, out byte* keyContents);
            var key = (TKey)Read(message, keyType, keyContents, ref left);
            TryPeek(message, out byte valueType, out byte* valueContents);
            entries[key] = Read(message, valueType, valueContents, ref left);
            Check(SdBus.sd_bus_message_exit_container(message));
        }

        return entries;
    }

    private static object[] ReadStruct(nint message, byte* contents, ref int left)
    {
        Check(SdBus.sd_bus_message_enter_container(message, (byte)'r', contents));
        List<object> values = [];
        while (TryPeek(message, out byte type, out byte* inner))
        {
            values.Add(Read(message, type, inner, ref left));
        }

        Check(SdBus.sd_bus_message_exit_container(message));
        return [.. values];
    }

    private static object ReadVariant(nint message, byte* contents, ref int left)
    {
        Check(SdBus.sd_bus_message_enter_container(message, (byte)'v', contents));
        TryPeek(message, out byte type, out byte* inner);
        object value = Read(message, type, inner, ref left);
        Check(SdBus.sd_bus_message_exit_container(message));
        return value;
    }

    private static int Check(int result) => result >= 0
        ? result
        : throw new DBusException(DBusErrors.InconsistentMessage, $"A message can't be read: {Marshal.GetPInvokeErrorMessage(-result)}");
}
