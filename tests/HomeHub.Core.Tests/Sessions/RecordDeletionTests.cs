using HomeHub.Core.Sessions;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>Records are deleted on a device only once they are receipted, and only where its model wants it.</summary>
public sealed class RecordDeletionTests
{
    private static readonly DeviceTraits Deletes = new() { DeletesAfterReceipt = true };

    [Fact]
    public async Task What_is_receipted_is_deleted_up_to_the_newest_that_was_told()
    {
        RecordDevice device = Meter(1, 2, 3);
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(["0401", "0101", "0202010300"], device.Requests);
        Assert.True(hub.Report.HasDeleted);
        Assert.Empty(device.Records);
        device.AddGlucose(4, 4);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(4, (await hub.ReadingsAsync()).Count);
        Assert.Empty(device.Records);
    }

    [Fact]
    public async Task A_model_that_nobody_said_it_of_keeps_its_records()
    {
        RecordDevice device = Meter(1, 2);
        var hub = new RecordHub { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.DoesNotContain(device.Requests, request => request.StartsWith("02", StringComparison.Ordinal));
        Assert.Equal(2, device.Records.Count);
    }

    [Fact]
    public async Task A_device_that_does_not_delete_tells_the_same_again_and_nothing_is_stored_twice()
    {
        RecordDevice device = Meter(1, 2);
        device.Refuses = request => request.OpCode == RecordAccessOpCode.DeleteRecords ? RecordAccessResponse.OpCodeNotSupported : null;
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.False(hub.Report.HasDeleted);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(2, (await hub.ReadingsAsync()).Count);
    }

    [Fact]
    public async Task What_was_not_understood_is_never_deleted()
    {
        RecordDevice device = Meter(1);
        device.Records.Add(device.Records[0] with { Number = 2, Octets = [0x02, 0x02, 0x00] });
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.False(await IsReceiptedAsync(hub, device));
        Assert.Equal(2, device.Records.Count);
    }

    [Theory]
    [InlineData("1,2,3", 3)]
    [InlineData("7", 7)]
    [InlineData("", null)]
    [InlineData("65534,65535", null)]
    public void Up_to_which_number(string numbers, int? expected) =>
        Assert.Equal(expected, (int?)RecordDeletion.After(Told([.. Records(numbers)]), RecordRules.Glucose)?.UpTo);

    [Fact]
    public void Numbers_that_started_anew_beside_old_records_delete_nothing()
    {
        StoredRecord[] records = [.. Records("1,40")];
        records[0] = records[0] with { Time = new(2026, 3, 2, 0, 0, 0) };
        records[1] = records[1] with { Time = new(2026, 3, 1, 0, 0, 0) };
        Assert.Null(RecordDeletion.After(Told(records), RecordRules.Glucose));
    }

    [Fact]
    public void Of_an_oximeter_only_all_can_be_deleted() =>
        Assert.Equal(new RecordDeletion(null, 2), RecordDeletion.After(Told([new StoredRecord(0, 1), new StoredRecord(0, 2)]), RecordRules.PulseOximeter));

    [Fact]
    public void Of_a_service_that_nobody_knows_nothing_is_deleted() => Assert.Null(RecordDeletion.After(Told([.. Records("1,2")]), RecordRules.Other));

    [Fact]
    public async Task A_sensors_receipted_records_are_deleted_up_to_the_newest_that_was_told()
    {
        RecordDevice device = Sensor(5, 10, 15);
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(["0401", "0101", "0202010F00"], device.Requests);
        Assert.True(hub.Report.HasDeleted);
        Assert.Empty(device.Records);
        device.AddSensor(20);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(4, (await hub.ReadingsAsync()).Count);
        Assert.Empty(device.Records);
    }

    [Fact]
    public async Task A_sensors_new_session_is_not_deleted_by_the_minutes_of_the_old_one()
    {
        RecordDevice device = Sensor(5, 10);
        device.Refuses = request =>
        {
            // Somebody starts a new session once the records were told.
            device.SessionStart = request.OpCode == RecordAccessOpCode.ReportRecords ? [0xEA, 0x07, 3, 14, 9, 30, 0, 4, 0] : device.SessionStart;
            return null;
        };
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.False(hub.Report.HasDeleted);
        Assert.DoesNotContain(device.Requests, request => request.StartsWith("02", StringComparison.Ordinal));
        Assert.Equal(2, device.Records.Count);
    }

    [Fact]
    public async Task A_sensor_without_its_sessions_start_keeps_its_records()
    {
        RecordDevice device = Sensor(5);
        device.SessionStart = [];
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        await hub.RunAsync(device.Connect());
        Assert.Single(device.Records);
    }

    [Fact]
    public async Task An_oximeters_receipted_records_are_all_deleted_once_it_is_sure_that_there_are_no_more()
    {
        RecordDevice device = Oximeter(1, 2);
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(["0401", "0101", "0401", "0201"], device.Requests);
        Assert.True(hub.Report.HasDeleted);
        Assert.Empty(device.Records);
        device.AddSpotCheck(3);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(3, (await hub.ReadingsAsync()).Count);
        Assert.Empty(device.Records);
    }

    [Fact]
    public async Task An_oximeter_that_stored_one_meanwhile_keeps_all_and_loses_it_not()
    {
        RecordDevice device = Oximeter(1, 2);
        device.Refuses = request =>
        {
            // The device looks up what to tell before this is asked.
            if (request.OpCode == RecordAccessOpCode.ReportRecords && device.Records.Count == 2)
            {
                device.AddSpotCheck(3);
            }

            return null;
        };
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.DoesNotContain("0201", device.Requests);
        Assert.Equal(3, device.Records.Count);
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Equal(3, (await hub.ReadingsAsync()).Count);
        Assert.Empty(device.Records);
    }

    [Fact]
    public async Task An_oximeters_equal_records_without_stamps_are_never_deleted()
    {
        RecordDevice device = Oximeter();
        device.Records.AddRange(Enumerable.Repeat(new DeviceRecord(0, [0x00, 0x61, 0x00, 0x48, 0x00], null, default), 2));
        var hub = new RecordHub(Deletes) { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.DoesNotContain("0201", device.Requests);
        Assert.Equal(2, device.Records.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_sensor_nor_oximeter_loses_what_the_catalogue_does_not_say_or_what_is_not_receipted(bool isSensor)
    {
        RecordDevice device = isSensor ? Sensor(5) : Oximeter(1);
        var hub = new RecordHub { ReceiptsAtOnce = true };
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.DoesNotContain(device.Requests, request => request.StartsWith("02", StringComparison.Ordinal));
        Assert.Single(device.Records);
        ushort service = (ushort)(isSensor ? 0x181F : 0x1822);
        Assert.True(await hub.Buffer.IsAllReceiptedAsync(RecordDevice.Address, service, CancellationToken.None));
        device.Records.Add(device.Records[0] with { Octets = isSensor ? [0x06, 0x00, 0x64] : [0x01, 0x61] });
        await hub.RunAsync(device.Connect());
        Assert.False(await hub.Buffer.IsAllReceiptedAsync(RecordDevice.Address, service, CancellationToken.None));
    }

    [Fact]
    public void A_transfer_by_number_or_one_that_failed_deletes_nothing()
    {
        var byNumber = new RecordTransfer(new(0x1808, 1, 1), RecordRules.Glucose);
        byNumber.Start(default);
        byNumber.OnRecord(new StoredRecord(1, 1), default);
        Assert.Null(RecordDeletion.After(byNumber, RecordRules.Glucose));
    }

    private static RecordDevice Meter(params ushort[] numbers)
    {
        var device = new RecordDevice(0x1808);
        Array.ForEach(numbers, number => device.AddGlucose(number, number));
        return device;
    }

    private static RecordDevice Sensor(params ushort[] minutes)
    {
        var device = new RecordDevice(0x181F);
        Array.ForEach(minutes, minute => device.AddSensor(minute));
        return device;
    }

    private static RecordDevice Oximeter(params byte[] minutes)
    {
        var device = new RecordDevice(0x1822);
        Array.ForEach(minutes, minute => device.AddSpotCheck(minute));
        return device;
    }

    /// <summary>The answer that the hub would get after a connection without the wait for it.</summary>
    private static async Task<bool> IsReceiptedAsync(RecordHub hub, RecordDevice device)
    {
        var plain = new RecordHub { ReceiptsAtOnce = hub.ReceiptsAtOnce };
        Assert.Null(await plain.RunAsync(device.Connect()));
        return await plain.Buffer.IsAllReceiptedAsync(RecordDevice.Address, 0x1808, CancellationToken.None);
    }

    private static IEnumerable<StoredRecord> Records(string numbers) => numbers
        .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(number => new StoredRecord(ushort.Parse(number, System.Globalization.CultureInfo.InvariantCulture), 1));

    private static RecordTransfer Told(StoredRecord[] records)
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        transfer.OnAnswer(new RecordAccessAnswer(4, RecordAccessResponse.OpCodeNotSupported, null), default);
        Array.ForEach(records, record => transfer.OnRecord(record, default));
        transfer.OnAnswer(new RecordAccessAnswer(1, RecordAccessResponse.Success, null), default);
        Assert.True(transfer.IsComplete);
        return transfer;
    }
}
