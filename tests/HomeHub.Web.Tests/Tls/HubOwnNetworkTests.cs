using System.Security.Cryptography;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Web.Tests.Bench;
using HomeHub.Web.Tls;

namespace HomeHub.Web.Tests.Tls;

public sealed class HubOwnNetworkTests
{
    [Fact]
    public void Name_and_key_are_always_the_same_for_a_hub_and_others_for_another()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        OwnNetwork network = HubOwnNetwork.Of(PagesBench.Hub, key);
        Assert.Equal("HomeHub-AB12", network.Name);
        Assert.Matches("^([ACDEFGHJKMNPQRTUVWXY3479]{4}-){3}[ACDEFGHJKMNPQRTUVWXY3479]{4}$", network.Key);
        Assert.True(WifiPassphrase.IsPossible(network.Key));
        Assert.Equal(network, HubOwnNetwork.Of(PagesBench.Hub, key));
        Assert.NotEqual(network.Key, HubOwnNetwork.Of(PagesBench.Hub, other).Key);
        Assert.NotEqual(network.Key, HubOwnNetwork.Of(new HubIdentity(Guid.NewGuid(), PagesBench.Hub.SystemId), key).Key);
    }

    [Fact]
    public void Written_out_by_mistake_it_does_not_tell_its_key() => Assert.Equal("HomeHub-AB12", $"{new OwnNetwork("HomeHub-AB12", "ACDE-FGHJ-KM34-NPQR")}");
}
