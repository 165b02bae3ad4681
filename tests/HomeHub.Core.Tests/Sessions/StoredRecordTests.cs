using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Sessions;

public sealed class StoredRecordTests
{
    [Fact]
    public void A_glucose_measurement_tells_its_number_after_the_flags()
    {
        StoredRecord record = Assert.Single(Read(0x2A18, "003412EA"));
        Assert.Equal(0x1234, record.SequenceNumber);
        Assert.Null(record.Time);
        Assert.True(record.Is(new RecordMark(0x1808, 0x1234, record.OctetsHash)));
    }

    [Fact]
    public void A_glucose_measurement_tells_the_time_that_its_user_sees()
    {
        // Flags: time offset, concentration. Base Time 2026-03-14 07:10:00, five minutes.
        StoredRecord record = Assert.Single(Read(0x2A18, "030100EA07030E070A00050063B011"));
        Assert.Equal(new PhdTimestamp(2026, 3, 14, 7, 15, 0), record.Time);
        Assert.Equal(record.Time, record.ToMark(0x1808).Time);
    }

    [Fact]
    public void The_same_number_with_other_octets_is_another_record()
    {
        StoredRecord record = Assert.Single(Read(0x2A18, "00010007"));
        StoredRecord other = Assert.Single(Read(0x2A18, "00010008"));
        Assert.Equal(record.SequenceNumber, other.SequenceNumber);
        Assert.False(other.Is(new RecordMark(0x1808, record.SequenceNumber, record.OctetsHash)));
    }

    [Fact]
    public void A_sensor_tells_several_records_in_one_notification()
    {
        StoredRecord[] records = Read(0x2AA7, "060064000500" + "060066000A00");
        Assert.Equal([5, 10], records.Select(record => (int)record.SequenceNumber));
        Assert.Equal(records[0], Assert.Single(Read(0x2AA7, "060064000500")));
    }

    [Fact]
    public void A_sensors_record_is_another_one_in_another_session()
    {
        StoredRecord one = Assert.Single(StoredRecord.Read(0x2AA7, Convert.FromHexString("060064000500"), [1])), other
            = Assert.Single(StoredRecord.Read(0x2AA7, Convert.FromHexString("060064000500"), [2]));
        Assert.Equal(one.SequenceNumber, other.SequenceNumber);
        Assert.NotEqual(one.OctetsHash, other.OctetsHash);
    }

    [Fact]
    public void A_spot_check_has_no_number_and_is_told_apart_by_its_octets()
    {
        StoredRecord one = Assert.Single(Read(0x2A5E, "0061004800")), other = Assert.Single(Read(0x2A5E, "0062004800"));
        Assert.Equal((0, 0), (one.SequenceNumber, other.SequenceNumber));
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData(0x2A18, "0001")]
    [InlineData(0x2A18, "")]
    [InlineData(0x2A5E, "")]
    [InlineData(0x2AA7, "")]
    [InlineData(0x2AA7, "050064000500")]
    [InlineData(0x2AA7, "0600640005")]
    [InlineData(0x2A34, "00010002")]
    [InlineData(0x2A35, "00010002")]
    public void Others_have_none(int characteristic, string hex) => Assert.Empty(Read((ushort)characteristic, hex));

    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(1, 1, false)]
    [InlineData(3, 65_534, true)]
    [InlineData(65_534, 3, false)]
    public void A_number_is_newer_the_shorter_way_round(int one, int other, bool isNewer) =>
        Assert.Equal(isNewer, new StoredRecord((ushort)one, 1).IsNewerThan(new StoredRecord((ushort)other, 2)));

    [Fact]
    public void Times_count_before_numbers()
    {
        var kept = new StoredRecord(40, 1) { Time = new PhdTimestamp(2026, 3, 1, 0, 0, 0) };
        var anew = new StoredRecord(1, 2) { Time = new PhdTimestamp(2026, 3, 2, 0, 0, 0) };
        Assert.True(anew.IsNewerThan(kept));
        Assert.False(kept.IsNewerThan(anew));
        Assert.True(kept.IsNewerThan(anew with { Time = null }));
        Assert.True(kept.IsNewerThan(anew with { Time = kept.Time }));
    }

    private static StoredRecord[] Read(ushort characteristic, string hex) => StoredRecord.Read(characteristic, Convert.FromHexString(hex), []);
}
