using System.Text;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

public class Crc8Tests
{
    /// <summary>Check values of the CRC catalogue (reveng.sourceforge.io): CRC-8/SMBUS and CRC-8/MAXIM-DOW.</summary>
    [Fact]
    public void Both_give_their_check_values()
    {
        byte[] check = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal((0xF4, 0xA1), (Crc8.Ccitt(check), Crc8.Maxim(check)));
    }

    /// <summary>The request that ecostech/viatom-ble writes, as captured.</summary>
    [Fact]
    public void A_request_is_the_one_that_was_captured() => Assert.Equal(
        "AA17E8000000001B", Convert.ToHexString(Profiles.ViatomOximeter.ViatomFrame.Request(Profiles.ViatomOximeter.ViatomFrame.ReadSensors)));
}
