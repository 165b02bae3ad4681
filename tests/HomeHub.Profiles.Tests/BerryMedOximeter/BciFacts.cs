using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.Tests.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.BerryMedOximeter;

internal sealed class BciFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => BerryMedOximeterProfile.StreamUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts) => LiveFacts.Collect(result, facts);
}
