using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

/// <summary>E2E-CRC against values from outside.</summary>
public class E2eCrcTests
{
    public static TheoryData<string> Ids() => new(GattVectors.All.Where(vector => vector.Characteristic == "CRC").Select(vector => vector.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Gives_what_the_source_says(string id)
    {
        GattVector vector = GattVectors.Get(id);
        Assert.Equal(vector.Expected["crc16_mcrf4xx"].GetString(), $"0x{E2eCrc.Of(vector.Octets):X4}");
    }

    [Fact]
    public void Of_nothing_is_the_initial_value() => Assert.Equal(0xFFFF, E2eCrc.Of([]));

    [Fact]
    public void Every_single_bit_that_flips_is_seen()
    {
        byte[] octets = Convert.FromHexString("0FE3D2E405000214FF02F0E5F3");
        ushort right = E2eCrc.Of(octets);
        for (int bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(right, E2eCrc.Of(octets));
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
