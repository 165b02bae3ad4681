using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Fhir.Tests;

/// <summary>Everything that the hub can emit keeps the constraints of the PHD guide.</summary>
public sealed class GuideRulesTests
{
    [Fact]
    public void Every_measurement_keeps_the_guide()
    {
        List<string> broken = [];
        foreach (AcquiredReading reading in AllReadings.All)
        {
            List<(Guid Id, JsonElement Json)> measurements =
                [.. Encoded.Resources(reading).Select(r => (r.Id, Encoded.Parse(r.Json))).Where(r => Encoded.IsMeasurement(r.Item2))];
            Dictionary<string, bool> known = measurements.ToDictionary(
                m => $"urn:uuid:{m.Id}", m => m.Json.GetProperty("category").GetArrayLength() == 2);
            if (reading.Measurement is { } measurement)
            {
                known[$"urn:uuid:{NameUuid.ForObservation(Samples.Hub.Id, measurement, reading.MeasurementCode)}"] = false;
            }

            broken.AddRange(measurements.SelectMany(m => GuideRules.BrokenBy(m.Json, known).Select(b => $"{b}: {m.Json.GetRawText()}")));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(10)));
    }

    [Fact]
    public void Every_clock_check_keeps_the_guide()
    {
        List<JsonElement> checks = [.. AllResources.Parsed.Where(r =>
            r.GetProperty("resourceType").GetString() == "Observation" && !Encoded.IsMeasurement(r))];
        Assert.NotEmpty(checks);
        Assert.Empty(checks.SelectMany(GuideRules.BrokenByClockCheck));
    }

    [Fact]
    public void Every_record_with_a_stamp_refers_to_its_clock_check_and_no_other_does()
    {
        foreach (AcquiredReading reading in AllReadings.All)
        {
            int references = Encoded.Observations(reading).Count(o => o.GetProperty("extension").GetArrayLength() == 2);
            Assert.Equal(reading.ClockCheck is null ? 0 : reading.Reading.Values.Length, references);
        }
    }

    [Fact]
    public void Every_kind_of_value_absence_and_status_is_among_them()
    {
        List<ReadingValue> values = [.. AllReadings.All.SelectMany(r => r.Reading.Values)];
        Assert.Equal(
            ["BitsEnumerationValue", "CodedValue", "CompoundNumericValue", "NumericValue", "SampledValue"],
            values.Select(v => v.GetType().Name).Distinct().Order());
        Assert.Superset(
            Enum.GetValues<AbsenceReason>().ToHashSet(), values.OfType<NumericValue>().Select(v => v.Value.Absence).ToHashSet());
        Assert.Contains(values.OfType<NumericValue>(), v => v.Duration is not null);
        Assert.Contains(values.OfType<NumericValue>(), v => v.SupplementalTypes.Length > 0);
        Assert.Contains(values.OfType<CompoundNumericValue>(), v => v.Components.Any(c => c.Original is not null));
        MeasurementStatus seen = AllReadings.All.Aggregate(MeasurementStatus.None, (all, r) => all | r.Reading.Status);
        foreach (MeasurementStatus status in (MeasurementStatus[])[
            MeasurementStatus.Invalid, MeasurementStatus.NotAvailable, MeasurementStatus.Questionable, MeasurementStatus.EarlyEstimate,
            MeasurementStatus.Validated, MeasurementStatus.Calibrating, MeasurementStatus.TestData])
        {
            Assert.True(seen.HasFlag(status), $"{status} is not among the readings");
        }
    }

    [Fact]
    public void Every_decoder_of_records_is_among_them()
    {
        // Decoders that tell of the connection, the device or its clock have no readings of their own; the room's are of no guide: RoomTests.
        BluetoothUuid[] without = [.. ProfileRegistry.All.SelectMany(p => p.Decoders).Select(d => d.Characteristic)
            .Except([.. AllReadings.Characteristics, RoomClimateProfile.RecordUuid]).OrderBy(uuid => uuid.ToString(), StringComparer.Ordinal)];
        Assert.Equal(
            [0x2A08, 0x2A0F, 0x2A1D, 0x2A21, 0x2A23, 0x2A24, 0x2A25, 0x2A26, 0x2A27, 0x2A28, 0x2A29, 0x2A2A, 0x2A2B, 0x2A38, 0x2A49, 0x2A50, 0x2A51,
                0x2A60, 0x2A9A, 0x2A9B, 0x2A9E, 0x2AA8, 0x2AAA, 0x2BF2],
            without);
    }

    [Fact]
    public void No_two_observations_share_a_uuid()
    {
        Assert.Empty(AllResources.All
            .Where(r => r.Json.StartsWith("{\"resourceType\":\"Observation\"", StringComparison.Ordinal))
            .GroupBy(r => r.Id)
            .Where(group => group.Select(r => r.Json).Distinct().Count() > 1)
            .Select(group => group.Key));
    }
}
