using HomeHub.Profiles.TaiDocMeter;

namespace HomeHub.Testing.BlueZ;

/// <summary>A glucose meter of TaiDoc behind the stand-in, that answers one request at a time. Its answers are laid out as those of the vector TAIDOC-S1.</summary>
public sealed class StandInTaiDocMeter
{
    private const byte Day = 0x6E, Month = 0x34, Hour = 6;

    private readonly BlueZStandIn _standIn;
    private readonly StandInCharacteristic _answer;
    private int _requests;

    /// <summary>The meter.</summary>
    /// <param name="standIn">The stand-in, through which it is heard.</param>
    /// <param name="address">Its address.</param>
    public StandInTaiDocMeter(BlueZStandIn standIn, string address = "C0:FF:EE:00:42:55")
    {
        _standIn = standIn;
        _answer = new StandInCharacteristic(TaiDocMeterProfile.Service, TaiDocMeterProfile.AnswerUuid, 0x0010, "write", "notify") { OnWritten = AnswerAsync };
        Device = new StandInDevice(address, "TAIDOC TD4255", _answer) { Services = [TaiDocMeterProfile.Service.Value.ToString("D")] };
    }

    /// <summary>The meter as the stand-in shows it.</summary>
    public StandInDevice Device { get; }

    /// <summary>Value in mg/dL, minute past six of 2026-03-14, and what was measured (0: glucose) of each record, the newest first.</summary>
    public List<(byte Value, byte Minute, byte Item)> Records { get; } = [];

    /// <summary>Requests after which its link goes, once; null: it stays.</summary>
    public int? DropsAfter { get; set; }

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<byte[]> Written => _answer.Written;

    private async Task AnswerAsync(byte[] request)
    {
        if (++_requests == DropsAfter)
        {
            await _standIn.DropAsync(Device);
            return;
        }

        int index = request[2];
        byte[] data = request[1] switch
        {
            TaiDocFrame.Model => [0x55, 0x42, 0, 0],
            TaiDocFrame.RecordCount => [(byte)Records.Count, 0, 0, 0],
            TaiDocFrame.RecordTime => [Day, Month, Records[index].Minute, Hour],
            _ => [Records[index].Value, 0, 0, (byte)(Records[index].Item << 2)],
        };
        byte[] frame = [0x51, request[1], .. data, 0xA5, 0];
        frame[^1] = frame.Aggregate((byte)0, (sum, octet) => (byte)(sum + octet));
        await _standIn.NotifyAsync(Device, _answer, frame);
    }
}
