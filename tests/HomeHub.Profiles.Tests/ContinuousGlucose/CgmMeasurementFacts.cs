using System.Buffers.Binary;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.ContinuousGlucose;

internal sealed class CgmMeasurementFacts : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => CgmProfile.MeasurementUuid;

    public override string? WhyCutsCanBeWhole => "records lie end to end: a cut between two leaves whole ones";

    public override string? WhyMoreCanBeWhole => "records lie end to end: what follows can be another";

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        var reader = new WireReader(vector.Octets);
        var records = new List<FactSheet>();
        foreach (Reading reading in result.Readings)
        {
            Assert.True(CgmMeasurement.TryRead(ref reader, vector.Octets, null, out CgmMeasurement m));
            Assert.Equal(m.Octets, reading.Octets);
            var sheet = new FactSheet();
            Describe(vector.Octets[m.Octets], m, reading, sheet);
            records.Add(sheet);
            if (records.Count == 1)
            {
                Describe(vector.Octets[m.Octets], m, reading, facts);
            }
        }

        Assert.Equal(0, reader.Remaining);
        facts["records"] = records;
    }

    private static void Describe(byte[] record, in CgmMeasurement m, Reading reading, FactSheet facts)
    {
        var glucose = Assert.IsType<NumericValue>(reading.Values[0]);
        Assert.Equal(Units.MilligramPerDecilitre, glucose.Unit);
        facts["glucose_mg_dL"] = glucose.Value;
        facts["time_offset_min"] = reading.SequenceNumber;
        facts["trend_mg_dL_min"] = reading.Values.OfType<NumericValue>().SingleOrDefault(v => v.Code == CgmTerms.Trend)?.Value;
        facts["quality_pct"] = m.Quality;
        facts["status"] = $"0x{m.Status:X2}";
        facts["cal_temp"] = $"0x{m.CalibrationTemperature:X2}";
        facts["warning"] = $"0x{m.Warning:X2}";
        ushort last = BinaryPrimitives.ReadUInt16LittleEndian(record.AsSpan()[^2..]);
        facts["crc"] = $"0x{last:X4}";
        facts["crc_ok"] = last == E2eCrc.Of(record.AsSpan()[..^2]);
    }
}
