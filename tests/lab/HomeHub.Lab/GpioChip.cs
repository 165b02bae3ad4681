using System.Buffers.Binary;
using System.Text;

namespace HomeHub.Lab;

/// <summary>
/// A GPIO chip of eight lines for the kernel's driver <c>hid-cp2112</c>: the device end of a CP2112 (Silicon Labs AN495) over the kernel's uhid, as Debian's kernel has no gpio-sim. Lines, edges and
/// the character device are the kernel's own GPIO core; only what answers the driver's reports is played here.
/// </summary>
internal sealed class GpioChip : IDisposable
{
    /// <summary>Lines of it.</summary>
    public const int Lines = 8;

    // linux/uhid.h: UHID_CREATE2, UHID_DESTROY, UHID_GET_REPORT, its reply, UHID_SET_REPORT, its reply; places in struct uhid_create2_req and the length of an event.
    private const uint Create = 11, Destroy = 1, GetReport = 9, GetReportReply = 10, SetReport = 13, SetReportReply = 14;
    private const int EventBytes = 4380, DescriptorBytesAt = 4 + 256, DescriptorAt = 4 + 276;

    // AN495: GPIO configuration, get and set, version, SMBus configuration, lock octet, USB configuration, with the length of their reports.
    private const byte Configuration = 2, Get = 3, Set = 4;

    private static readonly Dictionary<byte, int> ReportBytes = new() { [Configuration] = 5, [Get] = 2, [5] = 3, [6] = 14, [0x20] = 2, [0x21] = 10 };

    private readonly int _descriptor = Devices.Open("/dev/uhid", Devices.ReadWrite);
    private readonly Lock _gate = new();
    private readonly TimedLevel[] _levels = [.. Enumerable.Range(0, Lines).Select(_ => new TimedLevel())];
    private byte _inputs = 0xFF, _outputs, _directions;
    private volatile bool _isEnding;

    /// <summary>Plugs it in; all lines are drawn high from outside.</summary>
    public GpioChip()
    {
        byte[] report = [0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, .. ReportBytes.Keys.Append(Set).SelectMany(Feature), 0xC0];
        byte[] create = new byte[DescriptorAt + 4096];
        BinaryPrimitives.WriteUInt32LittleEndian(create, Create);
        Encoding.ASCII.GetBytes("CP2112 HID USB-to-SMBus Bridge", create.AsSpan(4));
        BinaryPrimitives.WriteUInt16LittleEndian(create.AsSpan(DescriptorBytesAt), (ushort)report.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(create.AsSpan(DescriptorBytesAt + 2), 3); // BUS_USB
        BinaryPrimitives.WriteUInt32LittleEndian(create.AsSpan(DescriptorBytesAt + 4), 0x10C4);
        BinaryPrimitives.WriteUInt32LittleEndian(create.AsSpan(DescriptorBytesAt + 8), 0xEA90);
        report.CopyTo(create, DescriptorAt);
        new Thread(Answer) { IsBackground = true }.Start();
        Devices.Write(_descriptor, create);
    }

    /// <summary>A line as the hub drives it.</summary>
    public TimedLevel Output(int line) => _levels[line];

    /// <summary>Whether the hub has a line as an output.</summary>
    public bool IsOutput(int line)
    {
        lock (_gate)
        {
            return (_directions & (1 << line)) != 0;
        }
    }

    /// <summary>Draws a line from outside.</summary>
    public void Pull(int line, bool isHigh)
    {
        lock (_gate)
        {
            _inputs = (byte)(isHigh ? _inputs | (1 << line) : _inputs & ~(1 << line));
        }
    }

    public void Dispose()
    {
        _isEnding = true;
        byte[] destroy = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(destroy, Destroy);
        Devices.Write(_descriptor, destroy);
        Devices.Close(_descriptor);
    }

    /// <summary>Report id, count and a feature of so many octets.</summary>
    private static IEnumerable<byte> Feature(byte id) => [0x85, id, 0x95, (byte)(ReportBytes.GetValueOrDefault(id, 3) - 1), 0x09, id, 0xB1, 0x02];

    private void Answer()
    {
        byte[] told = new byte[EventBytes];
        while (!_isEnding && Devices.Read(_descriptor, told) > 0)
        {
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(told), id = BinaryPrimitives.ReadUInt32LittleEndian(told.AsSpan(4));
            if (kind == GetReport)
            {
                byte[] report = ReadReport(told[8]), reply = new byte[12 + report.Length];
                BinaryPrimitives.WriteUInt32LittleEndian(reply, GetReportReply);
                BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), id);
                BinaryPrimitives.WriteUInt16LittleEndian(reply.AsSpan(10), (ushort)report.Length);
                report.CopyTo(reply, 12);
                Devices.Write(_descriptor, reply);
            }
            else if (kind == SetReport)
            {
                WriteReport(told.AsSpan(12, BinaryPrimitives.ReadUInt16LittleEndian(told.AsSpan(10))));
                byte[] reply = new byte[10];
                BinaryPrimitives.WriteUInt32LittleEndian(reply, SetReportReply);
                BinaryPrimitives.WriteUInt32LittleEndian(reply.AsSpan(4), id);
                Devices.Write(_descriptor, reply);
            }
        }
    }

    private byte[] ReadReport(byte id)
    {
        byte[] report = new byte[ReportBytes.GetValueOrDefault(id, 1)];
        report[0] = id;
        lock (_gate)
        {
            if (id == Configuration)
            {
                report[1] = _directions;
            }
            else if (id == Get)
            {
                report[1] = (byte)((_outputs & _directions) | (_inputs & ~_directions));
            }
        }

        return report;
    }

    private void WriteReport(ReadOnlySpan<byte> report)
    {
        lock (_gate)
        {
            if (report[0] == Configuration)
            {
                _directions = report[1];
            }
            else if (report[0] == Set)
            {
                _outputs = (byte)((_outputs & ~report[2]) | (report[1] & report[2]));
                for (int line = 0; line < Lines; line++)
                {
                    _levels[line].Set((_outputs & (1 << line)) != 0);
                }
            }
        }
    }
}
