using HomeHub.Profiles.Tests.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.ViatomOximeter;

namespace HomeHub.Profiles.Tests.ViatomOximeter;

internal sealed class Pc60Facts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => Pc60OximeterProfile.StreamUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts) => LiveFacts.Collect(result, facts);
}
