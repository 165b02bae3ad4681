using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Identity;

public sealed class RecordIdentityTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 0, 0, TimeSpan.FromHours(1));
    private static readonly PhdTimestamp Stamp = new(2026, 3, 14, 6, 59, 0);
    private static readonly byte[] Octets = [1, 2, 3];

    [Fact]
    public void A_stamped_record_is_the_same_whenever_it_comes_again() =>
        Assert.Equal(Of(stamp: Stamp), Of(stamp: Stamp, at: At.AddDays(3)));

    [Fact]
    public void A_record_with_a_sequence_number_is_the_same_whenever_it_comes_again() =>
        Assert.Equal(Of(sequence: 7), Of(sequence: 7, at: At.AddDays(3)));

    [Fact]
    public void A_record_with_neither_is_told_by_its_reception() => Assert.NotEqual(Of(), Of(at: At.AddSeconds(1)));

    [Fact]
    public void Reception_counts_as_an_instant_whatever_its_offset() => Assert.Equal(Of(), Of(at: At.ToOffset(TimeSpan.Zero)));

    [Fact]
    public void Each_part_tells_records_apart()
    {
        RecordIdentity[] all =
        [
            Of(stamp: Stamp), Of(stamp: Stamp with { Second = 1 }), Of(stamp: Stamp with { OffsetQuarters = 4 }), Of(stamp: Stamp, sequence: 0),
            Of(stamp: Stamp, sequence: 1), Of(sequence: 1), Of(), Of(stamp: Stamp, address: "C0:FF:EE:00:00:02"), Of(stamp: Stamp, characteristic: 0x2A9D),
            Of(stamp: Stamp, octets: [1, 2, 4]), Of(stamp: Stamp, octets: [1, 2]),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Written_and_read_again_it_is_the_same()
    {
        byte[] bytes = new byte[RecordIdentity.LengthBytes];
        Of(stamp: Stamp).Write(bytes);
        Assert.Equal(Of(stamp: Stamp), RecordIdentity.Read(bytes));
    }

    private static RecordIdentity Of(
        PhdTimestamp? stamp = null,
        ushort? sequence = null,
        DateTimeOffset? at = null,
        string address = "C0:FF:EE:00:00:01",
        ushort characteristic = 0x2A35,
        byte[]? octets = null) => RecordIdentity.Of(address, characteristic, stamp, sequence, at ?? At, octets ?? Octets);
}
