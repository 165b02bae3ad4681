using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>Writes plain objects into the body of a message, by a signature. What does not fit it is an error before anything is sent.</summary>
internal static unsafe class MessageWriter
{
    /// <summary>Writes all arguments.</summary>
    /// <exception cref="DBusException">An argument does not fit its type.</exception>
    public static void WriteAll(nint message, string signature, IReadOnlyList<object> arguments)
    {
        IReadOnlyList<string> types = Signatures.Split(signature);
        if (types.Count != arguments.Count)
        {
            throw new DBusException(DBusErrors.InvalidArgs, $"{arguments.Count} arguments don't fit the signature {signature}.");
        }

        for (int i = 0; i < types.Count; i++)
        {
            Write(message, types[i], arguments[i]);
        }
    }

    private static void Write(nint message, string type, object value)
    {
        switch (type[0])
        {
            case 'a' when type == "ay":
                WriteOctets(message, Cast<byte[]>(value, type));
                break;
            case 'a' when type[1] == '{':
                WriteEntries(message, type, Cast<IEnumerable>(value, type));
                break;
            case 'a':
                Open(message, 'a', type[1..]);
                foreach (object? element in Cast<IEnumerable>(value, type))
                {
                    Write(message, type[1..], element ?? throw Misfit(value, type));
                }

                Close(message);
                break;
            case '(':
                WriteStruct(message, type, Cast<IReadOnlyList<object>>(value, type));
                break;
            case 'v':
                var variant = value as DBusVariant ?? new DBusVariant(Signatures.Of(value), value);
                Open(message, 'v', variant.Signature);
                Write(message, variant.Signature, variant.Value);
                Close(message);
                break;
            default:
                WriteBasic(message, type, value);
                break;
        }
    }

    private static void WriteStruct(nint message, string type, IReadOnlyList<object> fields)
    {
        string inner = type[1..^1];
        Open(message, 'r', inner);
        WriteAll(message, inner, fields);
        Close(message);
    }

    private static void WriteEntries(nint message, string type, IEnumerable entries)
    {
        string inner = type[2..^1];
        string key = inner[..1], element = inner[1..];
        Open(message, 'a', type[1..]);
        foreach (object entry in entries)
        {
            (object entryKey, object entryValue) = entry switch
            {
                KeyValuePair<string, object> pair => (pair.Key, pair.Value),
                KeyValuePair<ushort, object> pair => ((object)pair.Key, pair.Value),
                KeyValuePair<DBusPath, object> pair => (pair.Key, pair.Value),
                KeyValuePair<object, object> pair => (pair.Key, pair.Value),
                KeyValuePair<string, Dictionary<string, object>> pair => (pair.Key, pair.Value),
                _ => throw Misfit(entry, type),
            };
            Open(message, 'e', inner);
            Write(message, key, entryKey);
            Write(message, element, entryValue);
            Close(message);
        }

        Close(message);
    }

    private static void WriteOctets(nint message, byte[] octets)
    {
        fixed (byte* data = octets)
        {
            Check(SdBus.sd_bus_message_append_array(message, (byte)'y', data, (nuint)octets.Length));
        }
    }

    private static void WriteBasic(nint message, string type, object value)
    {
        if (type is "s" or "o" or "g")
        {
            WriteText(message, type, type == "o" && value is DBusPath path ? path.Value : Cast<string>(value, type));
            return;
        }

        ulong space = type switch
        {
            "y" => Cast<byte>(value, type),
            "b" => Cast<bool>(value, type) ? 1UL : 0,
            "n" => (ushort)Cast<short>(value, type),
            "q" => Cast<ushort>(value, type),
            "i" => (uint)Cast<int>(value, type),
            "u" => Cast<uint>(value, type),
            "x" => (ulong)Cast<long>(value, type),
            "t" => Cast<ulong>(value, type),
            "d" => BitConverter.DoubleToUInt64Bits(Cast<double>(value, type)),
            _ => throw Misfit(value, type),
        };
        Check(SdBus.sd_bus_message_append_basic(message, (byte)type[0], &space));
    }

    private static void WriteText(nint message, string type, string text)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + '\0'))
        {
            Check(SdBus.sd_bus_message_append_basic(message, (byte)type[0], bytes));
        }
    }

    private static void Open(nint message, char type, string contents) => Check(SdBus.sd_bus_message_open_container(message, (byte)type, contents));

    private static void Close(nint message) => Check(SdBus.sd_bus_message_close_container(message));

    private static T Cast<T>(object value, string type) => value is T fits ? fits : throw Misfit(value, type);

    private static DBusException Misfit(object value, string type) =>
        new(DBusErrors.InvalidArgs, string.Create(CultureInfo.InvariantCulture, $"A {value.GetType().Name} does not fit the type {type}."));

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new DBusException(DBusErrors.InvalidArgs, $"A message can't be written: {Marshal.GetPInvokeErrorMessage(-result)}");
        }
    }
}
