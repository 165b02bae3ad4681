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
    public void A_sensors_session_is_never_deleted() => Assert.Null(RecordDeletion.After(Told([.. Records("1,2")]), RecordRules.ContinuousGlucose));

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
