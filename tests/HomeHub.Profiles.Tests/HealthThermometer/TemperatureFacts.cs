using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.HealthThermometer;

internal sealed class TemperatureFacts : CharacteristicFacts
{
    private static readonly string[] TypeNames =
    [
        "reserved", "armpit", "body", "ear", "finger", "gastro-intestinal", "mouth", "rectum", "toe", "tympanum",
    ];

    public override BluetoothUuid Characteristic => HealthThermometerProfile.MeasurementUuid;

    protected override IReadOnlyDictionary<string, VectorRuling> Rulings => new Dictionary<string, VectorRuling>
    {
        ["2A1C-32"] = new("3.7e129 has more than 28 digits: an error, not a number", """{"temperature":"error"}"""),
        ["2A1C-33"] = new("9.86e129 has more than 28 digits: an error, not a number", """{"temperature":"error"}"""),
    };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Reading reading = Common(vector, result, facts);
        Assert.Equal(MeasurementStatus.None, reading.Status);
        Assert.Equal(UploadRule.Always, reading.Values[0].Upload);
    }

    public static Reading Common(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(TemperatureMeasurement.TryDecode(vector.Octets, vector.Uuid, out TemperatureMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        var value = Assert.IsType<NumericValue>(Assert.Single(reading.Values));
        Assert.Equal(TemperatureTerms.OfType(m.Type), value.Code);
        Assert.Equal(m.Timestamp is { IsUnknown: false } known ? known : null, reading.Timestamp);
        facts["temperature"] = value.Value;
        facts["unit"] = value.Unit == Units.Fahrenheit ? "degF" : "degC";
        facts["timestamp"] = m.Timestamp?.ToString();
        facts["type"] = m.Type;
        facts["type_name"] = m.Type is { } type ? TypeName(type) : null;
        return reading;
    }

    public static string TypeName(byte type) => TypeNames[type < TypeNames.Length ? type : 0];
}
