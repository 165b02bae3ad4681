using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>Wherever a transfer is cut off, in the end each record is in the buffer once.</summary>
public sealed class RecordResumptionTests
{
    private const int Records = 8;

    public static TheoryData<ushort, int, bool> Cuts()
    {
        var cuts = new TheoryData<ushort, int, bool>();
        foreach (ushort service in new ushort[] { 0x1808, 0x181F, 0x1822 })
        {
            for (int after = 0; after <= Records; after++)
            {
                cuts.Add(service, after, false);
                cuts.Add(service, after, true);
            }
        }

        return cuts;
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_transfer_that_is_cut_after_any_record_is_resumed(ushort service, int cutAfter, bool hasMark)
    {
        var device = new RecordDevice(service);
        var hub = new RecordHub();
        if (hasMark)
        {
            Add(device, 0, 3);
            Assert.Null(await hub.RunAsync(device.Connect()));
        }

        Add(device, device.Records.Count, Records - device.Records.Count);
        PeripheralException? fault = await hub.RunAsync(device.Connect(cutAfter));
        Assert.Equal(fault is null ? null : PeripheralFault.Disconnected, fault?.Fault);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    [Fact]
    public async Task A_link_that_goes_again_and_again_comes_to_the_end()
    {
        var device = new RecordDevice(0x1808);
        var hub = new RecordHub();
        Add(device, 0, 2);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Add(device, 2, 10);
        int connections = 0;
        while (await hub.RunAsync(device.Connect(cutAfter: 3)) is not null)
        {
            Assert.True(++connections < 20);
        }

        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Numbers_that_wrap_around_hide_nothing(bool inOrderOfNumbers)
    {
        var device = new RecordDevice(0x1808);
        var hub = new RecordHub();
        AddGlucose(device, 65_532, 65_533, 65_534);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AddGlucose(device, 65_535, 0, 1);
        if (inOrderOfNumbers)
        {
            device.Records.Sort((one, other) => one.Number.CompareTo(other.Number));
        }

        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(1, Assert.Single(hub.Memory.Marks).SequenceNumber);
        AssertEachOnce(device, await hub.ReadingsAsync());
        AddGlucose(device, 2);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_battery_change_that_starts_the_numbers_anew_hides_nothing(bool keepsOld)
    {
        var device = new RecordDevice(0x1808);
        var hub = new RecordHub();
        AddGlucose(device, 38, 39, 40);
        Assert.Null(await hub.RunAsync(device.Connect()));
        DeviceRecord[] old = [.. device.Records];
        if (!keepsOld)
        {
            device.Records.Clear();
        }

        device.AddGlucose(1, 5_000);
        device.AddGlucose(2, 5_001);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(2, Assert.Single(hub.Memory.Marks).SequenceNumber);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertEachOnce([.. old.Union(device.Records)], await hub.ReadingsAsync());
    }

    [Fact]
    public async Task The_same_numbers_anew_with_other_records_are_all_taken()
    {
        var device = new RecordDevice(0x1808);
        var hub = new RecordHub();
        AddGlucose(device, 1, 2, 3);
        Assert.Null(await hub.RunAsync(device.Connect()));
        DeviceRecord[] old = [.. device.Records];
        device.Records.Clear();
        for (ushort number = 1; number <= 5; number++)
        {
            device.AddGlucose(number, 9_000 + number);
        }

        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertEachOnce([.. old, .. device.Records], await hub.ReadingsAsync());
    }

    [Fact]
    public async Task Numbers_with_gaps_are_all_taken()
    {
        var device = new RecordDevice(0x1808);
        var hub = new RecordHub();
        AddGlucose(device, 1, 4, 9);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AddGlucose(device, 20, 300);
        Assert.NotNull(await hub.RunAsync(device.Connect(cutAfter: 2)));
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    [Fact]
    public async Task A_new_sensor_is_taken_from_its_beginning_also_where_it_tells_the_same()
    {
        var device = new RecordDevice(0x181F);
        var hub = new RecordHub();
        Add(device, 0, 4);
        Assert.Null(await hub.RunAsync(device.Connect()));
        device.SessionStart = [0xEA, 0x07, 3, 28, 9, 0, 0, 4, 0];
        Assert.Null(await hub.RunAsync(device.Connect()));
        List<AcquiredReading> readings = await hub.ReadingsAsync();
        Assert.Equal(8, readings.Count);
        Assert.Equal(8, readings.Select(reading => reading.Stamp).Distinct().Count());
    }

    [Fact]
    public async Task A_sensor_without_a_session_start_is_not_stored_twice()
    {
        var device = new RecordDevice(0x181F) { SessionStart = [0, 0, 0, 0, 0, 0, 0, 0x80, 0xFF] };
        var hub = new RecordHub();
        Add(device, 0, 4);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(4, (await hub.ReadingsAsync()).Count);
    }

    [Fact]
    public async Task A_device_that_filters_by_time_only_is_asked_by_time()
    {
        var device = new RecordDevice(0x1808)
        {
            Refuses = request => request.Filter == RecordAccessFilter.Number ? RecordAccessResponse.OperandNotSupported : null,
        };
        var hub = new RecordHub();
        AddGlucose(device, 1, 2);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AddGlucose(device, 3);
        device.Requests.Clear();
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(["0403010200", "0103010200", "040302EA070301000200", "010302EA070301000200", "0106"], device.Requests);
        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    [Fact]
    public async Task A_device_that_announces_too_many_is_asked_twice_and_believed()
    {
        var device = new RecordDevice(0x1808) { AnnouncesMore = 1 };
        var hub = new RecordHub();
        AddGlucose(device, 1, 2);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(["0401", "0101", "0401", "0101"], device.Requests);
        Assert.Equal(3, hub.Report.Announced);
        Assert.NotNull(hub.Report.Reason);
        AssertEachOnce(device, await hub.ReadingsAsync());
    }

    private static void Add(RecordDevice device, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            if (device.Connect().Characteristics.Any(characteristic => characteristic.Uuid.Short == 0x2A18))
            {
                device.AddGlucose((ushort)(i + 10), i);
            }
            else if (device.Connect().Characteristics.Any(characteristic => characteristic.Uuid.Short == 0x2AA7))
            {
                device.AddSensor((ushort)(i * 5));
            }
            else
            {
                device.AddSpotCheck((byte)i);
            }
        }
    }

    private static void AddGlucose(RecordDevice device, params ushort[] numbers)
    {
        foreach (ushort number in numbers)
        {
            device.AddGlucose(number, device.Records.Count + 1);
        }
    }

    private static void AssertEachOnce(RecordDevice device, List<AcquiredReading> readings) => AssertEachOnce([.. device.Records], readings);

    private static void AssertEachOnce(DeviceRecord[] records, List<AcquiredReading> readings)
    {
        Assert.Equal(
            records.Select(record => Convert.ToHexString(record.Octets)).Order(),
            readings.Select(reading => Convert.ToHexString(reading.Octets)).Order());
    }
}
