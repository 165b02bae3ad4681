using HomeHub.Profiles.Tests.PulseOximeter;
using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.ViatomOximeter;

namespace HomeHub.Profiles.Tests.ViatomOximeter;

internal sealed class ViatomFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => ViatomOximeterProfile.AnswerUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(ViatomLiveReading.TryDecode(vector.Octets, out ViatomLiveReading reading, out _));
        facts["worn"] = reading.IsWorn;
        facts["battery"] = reading.Battery;
        facts["movement"] = reading.Movement;
        LiveFacts.Collect(result, facts);
    }
}
