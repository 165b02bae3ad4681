using HomeHub.Profiles.RoomClimate;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.RoomClimate;

internal sealed class RoomClimateFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => RoomClimateProfile.RecordUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        foreach (NumericValue value in Assert.Single(result.Readings).Values.Cast<NumericValue>())
        {
            Assert.Equal(ValueSubject.Room, value.Subject);
            bool isTemperature = value.Code == RoomClimateTerms.Temperature;
            Assert.Equal(isTemperature ? (RoomClimateTerms.Temperature, Units.Celsius) : (RoomClimateTerms.RelativeHumidity, Units.Percent), (value.Code, value.Unit));
            facts[isTemperature ? "temperature" : "humidity"] = value.Value;
        }
    }
}
