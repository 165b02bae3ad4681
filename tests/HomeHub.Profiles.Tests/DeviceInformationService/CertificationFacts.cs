using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.DeviceInformationService;

internal sealed class CertificationFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => DeviceInformationProfile.CertificationUuid;

    public override string? WhyCutsCanBeWhole => "the sample entry FE 00 is in no list, and its text ends with the payload";

    public override string? WhyMoreCanBeWhole => WhyCutsCanBeWhole;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        facts["regulated"] = result.Device!.IsRegulated is { } regulated ? regulated : "unknown";
    }
}
