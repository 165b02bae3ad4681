using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

internal sealed class CgmFeatureFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => CgmProfile.FeatureUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.Empty(result.Readings);
        SessionContext context = Assert.IsType<SessionContext>(result.Context);
        facts["features"] = $"0x{context.CgmFeature:X6}";
        facts["type"] = context.CgmTypeAndLocation & 0x0F;
        facts["location"] = context.CgmTypeAndLocation >> 4;
        // A wrong CRC rejects the payload, so one that was accepted and must have one has a right one.
        facts["crc_ok"] = CgmCrc.IsRequired(context);
    }
}
