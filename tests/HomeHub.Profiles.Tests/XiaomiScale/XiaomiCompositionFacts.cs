using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.XiaomiScale;

namespace HomeHub.Profiles.Tests.XiaomiScale;

internal sealed class XiaomiCompositionFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => XiaomiScaleProfile.AdvertisedCompositionUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(XiaomiScaleMeasurement.TryDecodeComposition(vector.Octets, out XiaomiScaleMeasurement m, out _));
        XiaomiWeightFacts.Collect(m, result, facts);
    }
}
