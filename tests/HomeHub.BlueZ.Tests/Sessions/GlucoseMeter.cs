using System.Buffers.Binary;
using HomeHub.Testing.BlueZ;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>A glucose meter behind the stand-in, that tells its stored records when it is asked for them.</summary>
internal sealed class GlucoseMeter
{
    private readonly BlueZStandIn _standIn;

    public GlucoseMeter(BlueZStandIn standIn, string address = "C0:FF:EE:00:00:08")
    {
        _standIn = standIn;
        ControlPoint = new StandInCharacteristic(0x1808, 0x2A52, 0x0005, "write", "indicate") { OnWritten = AnswerAsync };
        Measurement = new StandInCharacteristic(0x1808, 0x2A18, 0x0008, "notify");
        Device = new StandInDevice(
            address,
            "Meter",
            new StandInCharacteristic(0x180A, 0x2A26, 0x0002, "read") { Value = "1.0"u8.ToArray() },
            ControlPoint,
            Measurement,
            new StandInCharacteristic(0x1808, 0x2A51, 0x000B, "read") { Value = [0, 0] },
            new StandInCharacteristic(0x1805, 0x2A2B, 0x0010, "read", "write") { Value = [.. Household.DateTime, 6, 0, 0] });
    }

    public StandInDevice Device { get; }

    public StandInCharacteristic ControlPoint { get; }

    public StandInCharacteristic Measurement { get; }

    /// <summary>Numbers of its stored records, in the order in which it tells them.</summary>
    public List<ushort> Records { get; } = [];

    /// <summary>Records after which something happens to the link; null: nothing does.</summary>
    public int? BreaksAfter { get; set; }

    /// <summary>What happens then, instead of the rest.</summary>
    public Func<Task> Breaks { get; set; } = () => Task.CompletedTask;

    private async Task AnswerAsync(byte[] request)
    {
        bool isLast = request is [_, 6];
        ushort from = isLast && Records.Count > 0 ? Records[^1] : request.Length == 5 ? BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(3)) : (ushort)0;
        int told = 0;
        ushort[] wanted = [.. Records.Where(record => isLast ? record == from : record >= from)];
        if (request[0] == 4)
        {
            await _standIn.NotifyAsync(Device, ControlPoint, [0x05, 0x00, (byte)wanted.Length, 0]);
            return;
        }

        foreach (ushort record in wanted)
        {
            if (told++ == BreaksAfter)
            {
                BreaksAfter = null;
                await Breaks();
                return;
            }

            await _standIn.NotifyAsync(Device, Measurement, Household.Glucose(record));
        }

        await _standIn.NotifyAsync(Device, ControlPoint, [0x06, 0x00, request[0], (byte)(told > 0 ? 1 : 6)]);
    }
}
