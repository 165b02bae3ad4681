using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A meter's records from the connection to the buffer. The answers are those of the vector TAIDOC-S1, with other values and minutes.</summary>
public sealed class TaiDocSessionTests
{
    private static readonly GattCharacteristic Answer = AskedDevice.Of(
        TaiDocMeterProfile.Service, TaiDocMeterProfile.AnswerUuid, 10, GattProperties.Read | GattProperties.Write | GattProperties.Notify);

    /// <summary>Value and minute of each record, the newest first.</summary>
    private readonly List<(byte Value, byte Minute)> _records = [(103, 50), (102, 40), (101, 30), (100, 20)];
    private Action<int> _beforeAnswer = _ => { };
    private int _answers;

    [Fact]
    public async Task All_records_are_told_once()
    {
        var hub = new RecordHub();
        AskedDevice meter = Meter();
        Assert.Null(await hub.RunAsync(meter.Connect()));
        Assert.True(hub.Report.HasToldAll);
        Assert.Equal([103m, 102m, 101m, 100m], await ValuesAsync(hub));
        _records.Insert(0, (104, 55));
        Assert.Null(await hub.RunAsync(meter.Connect()));
        Assert.Equal([103m, 102m, 101m, 100m, 104m], await ValuesAsync(hub));
    }

    [Fact]
    public async Task Cut_at_any_request_nothing_is_lost_and_nothing_comes_twice()
    {
        for (int cut = 0; cut <= 14; cut++)
        {
            var hub = new RecordHub();
            AskedDevice meter = Meter();
            PeripheralException? fault = await hub.RunAsync(meter.Connect(cut));
            Assert.Equal(cut < 14 ? PeripheralFault.Disconnected : null, fault?.Fault);
            Assert.Null(await hub.RunAsync(meter.Connect()));
            Assert.Equal([100m, 101m, 102m, 103m], (await ValuesAsync(hub)).Order());
        }
    }

    [Fact]
    public async Task A_record_that_is_taken_in_between_never_gives_a_value_another_time()
    {
        for (int moved = 0; moved < 14; moved++)
        {
            int at = moved;
            var meter = new TaiDocSessionTests();
            meter._beforeAnswer = answered =>
            {
                if (answered == at)
                {
                    meter._records.Insert(0, (104, 55));
                }
            };
            var hub = new RecordHub();
            AskedDevice device = meter.Meter();
            await hub.RunAsync(device.Connect());
            Assert.Null(await hub.RunAsync(device.Connect()));
            List<AcquiredReading> readings = await hub.ReadingsAsync();
            Assert.Equal([(100, 20), (101, 30), (102, 40), (103, 50), (104, 55)], readings.Select(Pair).Order());
        }
    }

    [Fact]
    public async Task Measurements_of_one_minute_with_one_value_are_each_told_once()
    {
        _records.InsertRange(1, [(102, 40), (101, 40), (102, 40)]);
        var hub = new RecordHub();
        AskedDevice meter = Meter();
        Assert.Null(await hub.RunAsync(meter.Connect()));
        Assert.True(hub.Report.HasToldAll);
        Assert.Equal([(100, 20), (101, 30), (101, 40), (102, 40), (102, 40), (102, 40), (103, 50)], await PairsAsync(hub));

        // Moved by a new one, and without the oldest, they are the same ones.
        _records.Insert(0, (104, 55));
        _records.RemoveAt(_records.Count - 1);
        Assert.Null(await hub.RunAsync(meter.Connect()));
        Assert.Equal([(100, 20), (101, 30), (101, 40), (102, 40), (102, 40), (102, 40), (103, 50), (104, 55)], await PairsAsync(hub));
    }

    [Fact]
    public async Task A_record_that_moves_is_never_told_as_two()
    {
        for (int moved = 0; moved < 24; moved++)
        {
            foreach (bool isAgain in (bool[])[false, true])
            {
                int at = moved;
                var meter = new TaiDocSessionTests();
                meter._records.Insert(2, (102, 40));
                (byte, byte) added = isAgain ? ((byte)103, (byte)50) : ((byte)104, (byte)55);
                meter._beforeAnswer = answered =>
                {
                    if (answered == at)
                    {
                        // The oldest one goes, so that the meter tells the same count.
                        meter._records.Insert(0, added);
                        meter._records.RemoveAt(meter._records.Count - 1);
                    }
                };
                var hub = new RecordHub();
                AskedDevice device = meter.Meter();
                await hub.RunAsync(device.Connect());
                await hub.RunAsync(device.Connect());
                Assert.Null(await hub.RunAsync(device.Connect()));
                List<(int, int)> told = await PairsAsync(hub);
                told.Remove((100, 20));
                Assert.Equal([(101, 30), (102, 40), (102, 40), (103, 50), added], told.Order());
            }
        }
    }

    [Fact]
    public async Task More_alike_than_can_be_told_apart_are_said_to_be_left_out()
    {
        _records.InsertRange(0, Enumerable.Repeat(((byte)103, (byte)50), 12));
        var hub = new RecordHub();
        Assert.Equal(PeripheralFault.Failed, (await hub.RunAsync(Meter().Connect()))?.Fault);
        Assert.False(hub.Report.HasToldAll);
        Assert.Equal([100m, 101m, 102m, .. Enumerable.Repeat(103m, 9)], (await ValuesAsync(hub)).Order());
    }

    [Fact]
    public async Task Answers_that_do_not_come_end_the_reading_and_what_was_told_is_kept()
    {
        var hub = new RecordHub();
        var silent = new AskedDevice([Answer], (_, request) => request[2] == 2 ? [] : Tell(request));
        var time = new ManualTime(SampleReadings.Start);
        Task<PeripheralException?> run = hub.RunAsync(silent.Connect(), time);
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Equal(PeripheralFault.Failed, (await run)?.Fault);
        Assert.Equal(TaiDocMemoryRead.MaxTries, silent.Written.Count(request => request.StartsWith("512502", StringComparison.Ordinal)));
        Assert.Equal([103m, 102m], await ValuesAsync(hub));
        Assert.False(hub.Report.HasToldAll);
    }

    [Fact]
    public async Task Commands_that_clear_or_set_are_never_written()
    {
        AskedDevice meter = Meter();
        await new RecordHub().RunAsync(meter.Connect());
        Assert.Equal(["24", "25", "26", "2B"], meter.Written.Select(request => request[2..4]).Distinct().Order());
    }

    private static (int Value, int Minute) Pair(AcquiredReading reading) =>
        ((int)((NumericValue)reading.Reading.Values[0]).Value.Number, reading.Stamp!.Value.Minute);

    private static async Task<List<(int Value, int Minute)>> PairsAsync(RecordHub hub) => [.. (await hub.ReadingsAsync()).Select(Pair).Order()];

    private static async Task<decimal[]> ValuesAsync(RecordHub hub) =>
        [.. (await hub.ReadingsAsync()).Select(reading => ((NumericValue)reading.Reading.Values[0]).Value.Number)];

    private AskedDevice Meter() => new([Answer], (_, request) => Tell(request));

    private IEnumerable<CharacteristicValue> Tell(byte[] request)
    {
        _beforeAnswer(_answers++);
        int index = request[2];
        byte[] data = request[1] switch
        {
            0x24 => [0x55, 0x42, 0, 0],
            0x2B => [(byte)_records.Count, 0, 0, 0],
            0x25 => [0x6E, 0x34, _records[index].Minute, 0x06],
            _ => [_records[index].Value, 0, 0, 0],
        };
        byte[] frame = [0x51, request[1], .. data, 0xA5, 0];
        frame[7] = frame.Aggregate((byte)0, (sum, octet) => (byte)(sum + octet));
        return [new CharacteristicValue(Answer, frame, default)];
    }
}
