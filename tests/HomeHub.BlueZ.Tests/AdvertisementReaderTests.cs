using HomeHub.BlueZ.Discovery;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Tests;

public sealed class AdvertisementReaderTests
{
    [Theory]
    [InlineData((short)-48, -48)]
    [InlineData((short)0, 0)]
    [InlineData((short)127, null)]
    public void A_signal_strength_that_the_controller_could_not_tell_is_none(short told, int? expected)
    {
        var device = new Dictionary<string, object> { ["Address"] = "00:11:22:33:44:55", ["RSSI"] = told };
        Advertisement? heard = AdvertisementReader.Read(device, DateTimeOffset.UnixEpoch);
        Assert.Equal((short?)expected, heard!.Rssi);
    }
}
