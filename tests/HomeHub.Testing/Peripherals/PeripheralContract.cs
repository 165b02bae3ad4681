using System.Buffers.Binary;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.RecordAccess;
using HomeHub.Simulation.Devices;
using Xunit;

namespace HomeHub.Testing.Peripherals;

/// <summary>What every <see cref="IPeripheral"/> keeps to: reading, writing, values, stored records, and devices that don't do their part.</summary>
public abstract class PeripheralContract : CentralContract
{
    private const int Readings = 8;

    /// <summary>What fails where a failure is wanted: a characteristic that no stack reads by itself, as BlueZ does with the battery level.</summary>
    private const ushort Manufacturer = 0x2A29;

    /// <summary>A device that hangs may be waited for as long as the Attribute Protocol allows (Core Specification Vol 3 Part F 3.3.3).</summary>
    private static readonly TimeSpan TransactionLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_value_is_read_whole()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff with { Manufacturer = new string('M', 200) });
        await using IPeripheral cuff = await ConnectAsync(bench);
        Assert.Equal(new string('M', 200), System.Text.Encoding.UTF8.GetString(await cuff.ReadAsync(Find(cuff, 0x2A29), Soon)));
        Assert.Equal([80], await cuff.ReadAsync(Find(cuff, 0x2A19), Soon));
    }

    [Fact]
    public async Task A_clock_is_written_and_runs_on_from_there()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        GattCharacteristic clock = Find(cuff, 0x2A2B);
        await cuff.WriteAsync(clock, new byte[] { 0xE8, 0x07, 2, 29, 12, 0, 0, 4, 0, 2 }, Soon);
        byte[] shown = await cuff.ReadAsync(clock, Soon);
        var time = new DateTime(BinaryPrimitives.ReadUInt16LittleEndian(shown), shown[2], shown[3], shown[4], shown[5], shown[6]);
        Assert.InRange(time - new DateTime(2024, 2, 29, 12, 0, 0), TimeSpan.FromSeconds(-1), 2 * Patience);
    }

    [Fact]
    public async Task What_the_device_refuses_is_a_fault_with_its_code()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        GattCharacteristic manufacturer = Find(cuff, Manufacturer);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A29", Fault = CharacteristicFault.Refuse, AttError = 0x85 }, Soon);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => cuff.ReadAsync(manufacturer, Soon));
        Assert.Equal((PeripheralFault.ProfileError, (byte?)0x85), (error.Fault, error.AttError));
        Assert.Equal("Example"u8.ToArray(), await cuff.ReadAsync(manufacturer, Soon));
    }

    [Fact]
    public async Task A_slow_answer_is_waited_for()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A29", Fault = CharacteristicFault.Slow, DelaySeconds = 0.5 }, Soon);
        Assert.Equal("Example"u8.ToArray(), await cuff.ReadAsync(Find(cuff, Manufacturer), Soon));
    }

    [Fact]
    public async Task A_device_that_hangs_is_waited_for_no_longer_than_a_transaction_may_last()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A29", Fault = CharacteristicFault.Hang }, Soon);
        Task<byte[]> reading = cuff.ReadAsync(Find(cuff, Manufacturer), CancellationToken.None);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => reading.WaitAsync(TransactionLimit + Patience));

        // A stack may cut the link then, as the protocol wants it, and BlueZ's server answers in the place of a device that hangs.
        Assert.Contains(error.Fault, new[] { PeripheralFault.TimedOut, PeripheralFault.Disconnected, PeripheralFault.Failed });
    }

    [Fact]
    public async Task A_read_under_way_ends_with_the_link()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff);
        await using IPeripheral cuff = await ConnectAsync(bench);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Fault, Characteristic = "2A29", Fault = CharacteristicFault.Hang }, Soon);
        var asked = Happening(bench, "fault");
        Task<byte[]> reading = cuff.ReadAsync(Find(cuff, Manufacturer), CancellationToken.None);
        await asked.WaitAsync(Patience);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Disconnect }, Soon);
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(() => reading.WaitAsync(Patience));
        Assert.Equal(PeripheralFault.Disconnected, error.Fault);
    }

    [Fact]
    public async Task Values_come_in_order_what_was_measured_before_first()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff with { StoredRecords = 3 });
        List<byte[]> sent = SentBy(bench);
        await using IPeripheral cuff = await ConnectAsync(bench);
        GattCharacteristic measurement = Find(cuff, 0x2A35);
        await cuff.SubscribeAsync(measurement, Soon);
        for (int i = 0; i < Readings; i++)
        {
            await bench.Device.MeasureAsync(Soon);
        }

        List<byte[]> got = [];
        while (got.Count < 3 + Readings)
        {
            CharacteristicValue value = await NextAsync(cuff);
            Assert.Equal(measurement, value.Characteristic);
            got.Add(value.Octets);
        }

        lock (sent)
        {
            Assert.Equal(sent, got);
        }
    }

    [Fact]
    public async Task Values_are_complete_to_the_last_before_the_device_cut_the_link_and_then_the_reason_is_told()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff with { StoredRecords = Readings });
        List<byte[]> sent = SentBy(bench);
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Disconnect, AfterRecord = 5 }, Soon);
        await using IPeripheral cuff = await ConnectAsync(bench);
        await cuff.SubscribeAsync(Find(cuff, 0x2A35), Soon);
        List<byte[]> got = [];
        PeripheralException error = await Assert.ThrowsAsync<PeripheralException>(async () =>
        {
            await foreach (CharacteristicValue value in cuff.Values.ReadAllAsync(Soon))
            {
                got.Add(value.Octets);
            }
        });
        Assert.Equal(PeripheralFault.Disconnected, error.Fault);
        Assert.Equal(5, got.Count);
        lock (sent)
        {
            Assert.Equal(sent, got);
        }

        PeripheralException later = await Assert.ThrowsAsync<PeripheralException>(() => cuff.ReadAsync(Find(cuff, 0x2A19), Soon));
        Assert.Equal(PeripheralFault.Disconnected, later.Fault);
    }

    [Fact]
    public async Task What_the_cut_link_left_over_comes_in_the_next_connection()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Cuff with { StoredRecords = Readings });
        await bench.Device.DoAsync(new ScriptStep { Do = ScriptAction.Disconnect, AfterRecord = 5 }, Soon);
        List<byte[]> got = [];
        while (got.Count < Readings)
        {
            await using IPeripheral cuff = await ConnectAsync(bench);
            await cuff.SubscribeAsync(Find(cuff, 0x2A35), Soon);
            try
            {
                while (got.Count < Readings)
                {
                    got.Add((await NextAsync(cuff)).Octets);
                }
            }
            catch (System.Threading.Channels.ChannelClosedException closed)
            {
                Assert.IsType<PeripheralException>(closed.InnerException);
            }
        }

        Assert.Equal(Readings, got.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public async Task Stored_records_are_told_when_they_are_asked_for_and_then_the_answer()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Meter);
        await using IPeripheral meter = await SubscribeMeterAsync(bench);
        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.ReportAll(), Soon);
        (List<ushort> records, List<ushort> contexts, byte[] answer) = await TakeUntilAnswerAsync(meter);
        Assert.Equal(Enumerable.Range(1, 25).Select(number => (ushort)number), records);
        Assert.Equal(records, contexts);
        Assert.Equal([6, 0, 1, 1], answer);

        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.ReportFrom(24), Soon);
        Assert.Equal([24, 25], (await TakeUntilAnswerAsync(meter)).Records);
        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.ReportFrom(26), Soon);
        Assert.Equal([6, 0, 1, 6], (await TakeUntilAnswerAsync(meter)).Answer);
    }

    [Fact]
    public async Task A_transfer_that_is_aborted_ends_before_its_end_and_another_may_follow()
    {
        await using CentralBench bench = await CreateBenchAsync(BenchDevices.Meter with { StoredRecords = 500, SendIntervalMilliseconds = 20 });
        await using IPeripheral meter = await SubscribeMeterAsync(bench);
        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.ReportAll(), Soon);
        await NextAsync(meter);
        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.Abort(), Soon);
        (List<ushort> records, _, byte[] answer) = await TakeUntilAnswerAsync(meter);
        Assert.Equal([6, 0, 3, 1], answer);
        Assert.True(records.Count < 499, $"{records.Count} records came nevertheless.");
        await meter.WriteAsync(Find(meter, 0x2A52), RecordAccessControlPoint.CountAll(), Soon);
        Assert.Equal([5, 0, 0xF4, 0x01], (await TakeUntilAnswerAsync(meter)).Answer);
    }

    private static async Task<IPeripheral> SubscribeMeterAsync(CentralBench bench)
    {
        IPeripheral meter = await ConnectAsync(bench);
        foreach (ushort uuid in new ushort[] { 0x2A18, 0x2A34, 0x2A52 })
        {
            await meter.SubscribeAsync(Find(meter, uuid), Soon);
        }

        return meter;
    }

    private static async Task<(List<ushort> Records, List<ushort> Contexts, byte[] Answer)> TakeUntilAnswerAsync(IPeripheral meter)
    {
        List<ushort> records = [], contexts = [];
        while (true)
        {
            CharacteristicValue value = await NextAsync(meter);
            switch (value.Characteristic.Uuid.Short)
            {
                case 0x2A18:
                    records.Add(BinaryPrimitives.ReadUInt16LittleEndian(value.Octets.AsSpan(1)));
                    break;
                case 0x2A34:
                    contexts.Add(BinaryPrimitives.ReadUInt16LittleEndian(value.Octets.AsSpan(1)));
                    break;
                default:
                    return (records, contexts, value.Octets);
            }
        }
    }

    private static Task Happening(CentralBench bench, string name)
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Device.Happened += told =>
        {
            if (told.Name == name)
            {
                happened.TrySetResult();
            }
        };
        return happened.Task;
    }

    private static List<byte[]> SentBy(CentralBench bench)
    {
        List<byte[]> sent = [];
        bench.Device.Happened += told =>
        {
            if (told.Name == "sent")
            {
                lock (sent)
                {
                    sent.Add(told.Octets!);
                }
            }
        };
        return sent;
    }
}
