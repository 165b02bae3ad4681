using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.DeviceInformationService;

internal sealed class PnpIdFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => DeviceInformationProfile.PnpIdUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(PnpId.TryDecode(vector.Octets, out PnpId id, out _));
        Assert.Equal(id.VendorIdSource == 2 ? $"{id.VendorId:X4}:{id.ProductId:X4}" : null, result.Device!.UsbId);
        facts["vendor_id_source"] = id.VendorIdSource;
        facts["vendor_id"] = $"0x{id.VendorId:X4}";
        facts["product_id"] = $"0x{id.ProductId:X4}";
        facts["product_version"] = $"0x{id.ProductVersion:X4}";
    }
}
