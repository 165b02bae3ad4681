using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;

namespace HomeHub.Core.Tests.Sessions;

public sealed class StoredRecordTests
{
    [Fact]
    public void A_glucose_measurement_tells_its_number_after_the_flags()
    {
        StoredRecord record = StoredRecord.TryRead(0x2A18, [0x00, 0x34, 0x12, 0xEA])!.Value;
        Assert.Equal(0x1234, record.SequenceNumber);
        Assert.True(record.Is(new RecordMark(0x1808, 0x1234, record.OctetsHash)));
    }

    [Fact]
    public void The_same_number_with_other_octets_is_another_record()
    {
        StoredRecord record = StoredRecord.TryRead(0x2A18, [0x00, 1, 0, 7])!.Value;
        StoredRecord other = StoredRecord.TryRead(0x2A18, [0x00, 1, 0, 8])!.Value;
        Assert.Equal(record.SequenceNumber, other.SequenceNumber);
        Assert.False(other.Is(new RecordMark(0x1808, record.SequenceNumber, record.OctetsHash)));
    }

    [Theory]
    [InlineData(0x2A18, "0001")]
    [InlineData(0x2A18, "")]
    [InlineData(0x2A34, "00010002")]
    [InlineData(0x2A35, "00010002")]
    public void Others_have_none(int characteristic, string hex) => Assert.Null(StoredRecord.TryRead((ushort)characteristic, Convert.FromHexString(hex)));
}
