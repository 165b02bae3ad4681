using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Glucose;

internal sealed class GlucoseMeasurementFacts : CharacteristicFacts
{
    /// <summary>The vectors' words for the ASN.1 names of the status bits.</summary>
    private static readonly Dictionary<string, string> Words = new()
    {
        ["device-battery-low"] = "battery-low",
        ["sensor-malfunction"] = "sensor-malfunction",
        ["sensor-sample-size-insufficient"] = "sample-insufficient",
        ["sensor-strip-insertion"] = "strip-insertion-error",
        ["sensor-strip-type-incorrect"] = "strip-type-incorrect",
        ["sensor-result-too-high"] = "result-too-high",
        ["sensor-result-too-low"] = "result-too-low",
        ["sensor-temp-too-high"] = "temp-too-high",
        ["sensor-temp-too-low"] = "temp-too-low",
        ["sensor-read-interrupt"] = "read-interrupted",
        ["device-gen-fault"] = "general-fault",
    };

    public override BluetoothUuid Characteristic => GlucoseProfile.MeasurementUuid;

    protected override IReadOnlyDictionary<string, VectorRuling> Rulings { get; } = new Dictionary<string, VectorRuling>
    {
        ["2A18-17"] = new("a negative concentration is the meter's filler", Rejected: DecodeErrorCode.FillerRecord),
        ["2A18-19"] = new("a negative concentration is the meter's filler", Rejected: DecodeErrorCode.FillerRecord),
        ["2A18-23"] = new("octets are left over; the source keeps nothing but the sequence number", Rejected: DecodeErrorCode.TrailingOctets),
    };

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        Assert.True(GlucoseMeasurement.TryDecode(vector.Octets, out GlucoseMeasurement m, out _));
        Reading reading = Assert.Single(result.Readings);
        NumericValue? glucose = reading.Values.OfType<NumericValue>().SingleOrDefault();
        facts["sequence"] = reading.SequenceNumber;
        facts["base_time"] = m.BaseTime.ToString();
        facts["time_offset_min"] = m.TimeOffset;
        facts["unit"] = m.InMolePerLitre ? "mol/L" : "kg/L";
        facts["concentration"] = m.Concentration;
        facts["mg_per_dL"] = glucose?.Unit == Units.MilligramPerDecilitre ? glucose.Value : null;
        facts["mmol_per_L"] = glucose?.Unit == Units.MillimolePerLitre ? glucose.Value : null;
        facts["type"] = m.TypeAndLocation & 0x0F;
        facts["location"] = m.TypeAndLocation >> 4;
        facts["status"] = m.Status is { } status ? $"0x{status:X4}" : null;
        facts["status_flags"] = (reading.Values.OfType<BitsEnumerationValue>().SingleOrDefault()?.Bits ?? []).Select(bit => Words[bit.Name]);
        facts["context_follows"] = m.ContextFollows;
    }
}
