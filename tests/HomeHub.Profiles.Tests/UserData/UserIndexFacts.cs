using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.UserData;

namespace HomeHub.Profiles.Tests.UserData;

internal sealed class UserIndexFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => UserDataProfile.UserIndexUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(UserDataProfile.TryDecodeUserIndex(vector.Octets, out byte index, out _));
        Assert.Empty(result.Readings);
        Assert.Null(result.Context);
        facts["user_index"] = index;
    }
}
