using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.OmronMemory;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>
/// A monitor's memory from the connection to the buffer. Slots and the answer to the begin are captures (EEPROM-14-01, -02, -03; eigger/hass-omron@d6758ed2), as is the course of
/// the token (the same, <c>omron_driver.py</c>, from a capture of a HEM-7142T2).
/// </summary>
public sealed class OmronSessionTests
{
    private const string First = "6558541A331ADE1800004C00BA00", Second = "6457431A7316161C000046001900", Empty = "FFFFFFFFFFFFFFFFFFFFFFFFFFFF";
    private const int Slots = 14;

    private static readonly BluetoothUuid Service = 0xFE4A;

    private static readonly GattCharacteristic
        Model = AskedDevice.Of(0x180A, 0x2A24, 4, GattProperties.Read),
        Token = AskedDevice.Of(Service, OmronMemoryProfile.TokenUuid, 10, GattProperties.Write | GattProperties.Notify),
        Request = AskedDevice.Of(Service, OmronMemoryProfile.RequestChannel, 12, GattProperties.WriteWithoutResponse),
        Answer = AskedDevice.Of(Service, OmronMemoryProfile.AnswerUuid, 14, GattProperties.Notify);

    private readonly Dictionary<int, string> _slots = new() { [7] = Second, [13] = First };
    private bool _isOpen;

    [Fact]
    public async Task All_slots_are_told_once_with_the_service_of_the_profile()
    {
        AskedDevice monitor = Monitor("HEM-7142T2");
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(monitor.Connect()));
        Assert.True(hub.Report.HasToldAll);
        List<AcquiredReading> readings = await hub.ReadingsAsync();
        Assert.Equal([125m, 126m], readings.Select(Systolic));
        Assert.All(readings, reading => Assert.Equal(OmronMemoryProfile.Service, reading.Service));
        Assert.Equal(Slots + 3, monitor.Written.Count);

        // All of it once more, with a record that was taken meanwhile.
        _slots[0] = First.Replace("6558", "6658", StringComparison.Ordinal);
        Assert.Null(await hub.RunAsync(monitor.Connect()));
        Assert.Equal([125m, 126m, 127m], (await hub.ReadingsAsync()).Select(Systolic));
    }

    [Fact]
    public async Task Cut_at_any_request_nothing_is_lost_and_nothing_comes_twice()
    {
        for (int cut = 0; cut <= Slots + 3; cut++)
        {
            AskedDevice monitor = Monitor("HEM-7142T2");
            var hub = new RecordHub();
            PeripheralException? fault = await hub.RunAsync(monitor.Connect(cut));
            Assert.Equal(cut < Slots + 3 ? PeripheralFault.Disconnected : null, fault?.Fault);
            Assert.Equal(cut == Slots + 3, hub.Report.HasToldAll);
            Assert.Null(await hub.RunAsync(monitor.Connect()));
            Assert.Equal([125m, 126m], (await hub.ReadingsAsync()).Select(Systolic).Order());
        }
    }

    [Fact]
    public async Task Nothing_but_the_token_and_requests_to_read_is_ever_written()
    {
        AskedDevice monitor = Monitor("HEM-7142T2");
        await new RecordHub().RunAsync(monitor.Connect());
        Assert.StartsWith("11", monitor.Written[0], StringComparison.Ordinal);
        Assert.Equal(["0800000000100018"], monitor.Written.Skip(1).Take(1));
        Assert.All(monitor.Written.Skip(2).SkipLast(1), request => Assert.StartsWith("080100", request, StringComparison.Ordinal));
        Assert.Equal("080F000000000007", monitor.Written[^1]);
    }

    [Theory]
    [InlineData("HEM-7322T")]
    [InlineData("HEM-0000")]
    public async Task A_model_that_wants_a_written_key_or_is_not_known_is_asked_nothing(string model)
    {
        AskedDevice monitor = Monitor(model);
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(monitor.Connect()));
        Assert.Empty(monitor.Written);
        Assert.False(hub.Report.HasToldAll);
        Assert.Equal("It is not known how this model is asked for its records.", hub.Report.Reason);
    }

    [Fact]
    public async Task What_a_standard_profile_tells_is_not_asked_for_as_well()
    {
        GattCharacteristic pressure = AskedDevice.Of(0x1810, 0x2A35, 20, GattProperties.Indicate);
        var monitor = new AskedDevice([Model, Token, Request, Answer, pressure], Tell) { Readable = { [Model] = "HEM-7142T2"u8.ToArray() } };
        Assert.Null(await new RecordHub().RunAsync(monitor.Connect()));
        Assert.Empty(monitor.Written);
    }

    private static decimal Systolic(AcquiredReading reading) => ((CompoundNumericValue)reading.Reading.Values[0]).Components[0].Value.Number;

    private AskedDevice Monitor(string model) => new([Model, Token, Request, Answer], Tell) { Readable = { [Model] = System.Text.Encoding.ASCII.GetBytes(model) } };

    private IEnumerable<CharacteristicValue> Tell(GattCharacteristic to, byte[] request)
    {
        if (to == Token)
        {
            _isOpen = true;
            return [new CharacteristicValue(Token, [0x91, 0x00, .. request[1..5]], default)];
        }

        ushort address = (ushort)((request[3] << 8) | request[4]);
        byte[] told = request[1] switch
        {
            0x00 => Convert.FromHexString("0880000000100098"),
            0x0F => Convert.FromHexString("088F000000000087"),
            _ => Slot(address, _slots.GetValueOrDefault((address - 0x02E8) / 14, Empty)),
        };
        return _isOpen ? [new CharacteristicValue(Answer, told, default)] : [];
    }

    private static byte[] Slot(ushort address, string hex)
    {
        byte[] data = Convert.FromHexString(hex);
        byte[] frame = [(byte)(data.Length + 8), 0x81, 0x00, (byte)(address >> 8), (byte)address, (byte)data.Length, .. data, 0x00, 0x00];
        frame[^1] = frame.Aggregate((byte)0, (parity, octet) => (byte)(parity ^ octet));
        return frame;
    }
}
