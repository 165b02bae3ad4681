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

    /// <summary>Computed apart from the program, by the layout that stands in decision 0014; what is on disk and at recipients depends on it.</summary>
    [Fact]
    public void Records_of_16_bit_characteristics_keep_the_identity_that_they_always_had()
    {
        Assert.Equal(new RecordIdentity(0xF47B375519142A91, 0x461EF0441F316A7F), Of(stamp: Stamp));
        Assert.Equal(new RecordIdentity(0xA55E0C056066DED9, 0xB025CC6E9DC1A8BB), Of(sequence: 7));
        Assert.Equal(new RecordIdentity(0x53501A1A3B3D2BB4, 0x0E8C84231774D2D1), Of());
        Assert.Equal(
            Guid.Parse("c66151db-b19b-5365-add8-8c92e66eb060"),
            NameUuid.ForObservation(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), Of(stamp: Stamp), 150020));
    }

    [Fact]
    public void Characteristics_of_vendors_are_told_apart_by_all_their_bits()
    {
        BluetoothUuid one = BluetoothUuid.Parse("00002a35-1212-efde-1523-785feabcd123");
        BluetoothUuid other = BluetoothUuid.Parse("00002a35-1212-efde-1523-785feabcd124");
        RecordIdentity[] all = [Of(stamp: Stamp), Of(stamp: Stamp, characteristic: one), Of(stamp: Stamp, characteristic: other)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(Of(stamp: Stamp), Of(stamp: Stamp, characteristic: BluetoothUuid.Parse("00002a35-0000-1000-8000-00805f9b34fb")));
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
        BluetoothUuid? characteristic = null,
        byte[]? octets = null) => RecordIdentity.Of(address, characteristic ?? 0x2A35, stamp, sequence, at ?? At, octets ?? Octets);
}
