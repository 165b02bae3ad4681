using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Decoding;

/// <summary>Decoding allocates the reading and nothing beside it.</summary>
public class AllocationTests
{
    private const int Rounds = 1000;

    [Fact]
    public void A_rejected_payload_allocates_nothing()
    {
        // Cut by one octet; multi-record notifications count their records first and are left out, as are texts, which can't be rejected.
        foreach (GattVector vector in GattVectors.Valid.Where(v => CharacteristicFacts.Find(v.Uuid)!.WhyCutsCanBeWhole is null))
        {
            byte[] cut = vector.Octets[..^1];
            BluetoothUuid uuid = vector.Uuid;
            SessionContext context = CharacteristicFacts.Find(uuid)!.ContextOf(vector);
            Assert.NotNull(ProfileRegistry.Decode(uuid, cut, context).Error);
            long bytes = AllocatedBy(() => ProfileRegistry.Decode(uuid, cut, context));
            Assert.True(bytes < Rounds, $"{vector.Id}: {bytes / Rounds} bytes each");
        }
    }

    [Fact]
    public void A_blood_pressure_allocates_its_reading_and_no_more()
    {
        byte[] octets = Convert.FromHexString("1E80004B005D00E60708040D31005000000000");
        long bytes = AllocatedBy(() => ProfileRegistry.Decode(0x2A35, octets, SessionContext.Empty)) / Rounds;
        // Reading, list of readings, list of values, panel with three components, pulse rate.
        Assert.InRange(bytes, 1, 800);
    }

    private static long AllocatedBy(Func<DecodeResult> decode)
    {
        decode();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            decode();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
