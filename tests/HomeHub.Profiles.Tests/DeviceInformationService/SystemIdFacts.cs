using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.DeviceInformationService;

internal sealed class SystemIdFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => DeviceInformationProfile.SystemIdUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(SystemId.TryDecode(vector.Octets, out SystemId id, out _));
        byte[] reversed = [.. vector.Octets.Reverse()];
        Assert.Equal(id.IsDummy ? null : Convert.ToHexString(reversed), result.Device!.SystemId);
        facts["manufacturer_id"] = $"0x{id.Manufacturer:X10}";
        facts["oui"] = $"0x{id.Organisation:X6}";
        facts["eui64"] = result.Device.SystemId;
    }
}
