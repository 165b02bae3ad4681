using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.XiaomiScale;

namespace HomeHub.Profiles.Tests.XiaomiScale;

internal sealed class XiaomiWeightFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => XiaomiScaleProfile.AdvertisedWeightUuid;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(XiaomiScaleMeasurement.TryDecodeWeight(vector.Octets, out XiaomiScaleMeasurement m, out _));
        Collect(m, result, facts);
    }

    /// <summary>What is no result gives no reading; its numbers are held to the vector all the same.</summary>
    public static void Collect(XiaomiScaleMeasurement m, DecodeResult result, FactSheet facts)
    {
        Assert.Equal(m.IsResult ? 1 : 0, result.Readings.Length);
        bool isPound = m.Unit == XiaomiScaleUnit.Pound;
        decimal weight = m.Weight * (isPound ? 0.01m : 0.005m);
        facts["weight"] = weight;
        facts["unit"] = isPound ? "lb" : "kg";
        facts["removed"] = m.IsRemoved;
        facts["stabilized"] = m.IsStabilized;
        facts["timestamp"] = m.Timestamp?.ToString();
        facts["impedance_ohm"] = m.Impedance;
        if (result.Readings is [var reading])
        {
            var first = Assert.IsType<NumericValue>(reading.Values[0]);
            Assert.Equal((188736u, weight, isPound ? "[lb_av]" : "kg"), (first.Code.Code, first.Value.Number, first.Unit.Ucum));
            Assert.Equal(m.Timestamp, reading.Timestamp);
            Assert.Equal(m.Impedance, (ushort?)reading.Values.Skip(1).Cast<NumericValue>().SingleOrDefault()?.Value.Number);
        }
    }
}
