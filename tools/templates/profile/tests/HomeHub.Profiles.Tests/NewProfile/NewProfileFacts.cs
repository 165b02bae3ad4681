using HomeHub.Profiles.NewProfile;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.NewProfile;

/// <summary>Holds what is decoded to the rows of Vectors/gatt-vectors.tsv.</summary>
internal sealed class NewProfileFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => NewProfileProfile.MeasurementUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Reading reading = Assert.Single(result.Readings);

        // TODO: a fact for each word that the vectors use.
        facts["values"] = reading.Values.Length;
    }
}
