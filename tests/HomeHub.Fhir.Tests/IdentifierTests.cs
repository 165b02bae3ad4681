using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>Identifiers for conditional create: when the device's stamp makes one, and when a UUID stands in.</summary>
public sealed class IdentifierTests
{
    private const string ConditionalCreate = "http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation";

    [Fact]
    public void A_logical_patient_gives_the_id_alone() =>
        Assert.Equal("CCBBAAFFFE112233-p1-150020-826789330", Value(BloodPressure(LogicalPatient)));

    [Fact]
    public void Without_a_system_id_the_address_stands_for_the_device()
    {
        AcquiredReading record = BloodPressure(LogicalPatient);
        record = record with { Device = record.Device with { Information = new DeviceInformation() } };
        Assert.Equal("CCBBAA112233-p1-150020-826789330", Value(record));
    }

    [Theory]
    [InlineData(4, "-826789330+4", "-826789330%2B4")]
    [InlineData(0, "-826789330+0", "-826789330%2B0")]
    [InlineData(-14, "-826789330-14", "-826789330-14")]
    public void An_offset_that_the_device_knows_is_part_of_the_stamp(int quarters, string tail, string query)
    {
        AcquiredReading record = BloodPressure(LogicalPatient) with { Stamp = Stamp("2026-03-14T07:42:10", (sbyte)quarters) };
        Assert.Equal("CCBBAAFFFE112233-p1-150020" + tail, Value(record));
        Assert.Equal($"identifier={ConditionalCreate}|CCBBAAFFFE112233-p1-150020{query}", Condition(record));
    }

    [Fact]
    public void A_stamp_before_2000_counts_backwards() => Assert.Equal(
        "CCBBAAFFFE112233-p1-150020--1", Value(BloodPressure(LogicalPatient) with { Stamp = Stamp("1999-12-31T23:59:59") }));

    [Theory]
    [InlineData(StampUse.Mapped, true)]
    [InlineData(StampUse.AsReported, true)]
    [InlineData(StampUse.NotUsable, false)]
    public void Only_a_stamp_that_identifies_makes_one(StampUse use, bool makes)
    {
        AcquiredReading record = BloodPressure();
        record = record with { Effective = record.Effective with { Use = use } };
        Assert.Equal(makes, System(record) == ConditionalCreate);
    }

    [Fact]
    public void A_taken_identifier_gives_way_to_the_uuid()
    {
        AcquiredReading record = BloodPressure() with { IdentifierTaken = true };
        (Guid id, string json) = Encoded.Resources(record)[3];
        JsonElement identifier = Encoded.Parse(json).GetProperty("identifier")[0];
        Assert.Equal("urn:ietf:rfc:3986", identifier.GetProperty("system").GetString());
        Assert.Equal($"urn:uuid:{id}", identifier.GetProperty("value").GetString());
        Assert.Equal($"identifier=urn:ietf:rfc:3986|urn:uuid:{id}", Condition(record));
        Assert.Equal(5, (int)id.ToString()[14] - '0');
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, false)]
    public void An_identifier_has_fewer_than_128_characters(int characters, bool makes)
    {
        const string Rest = "CCBBAAFFFE112233--urn:x-150020-826789330";
        var patient = new PatientReference(new string('ä', characters - Rest.Length), "urn:x");
        Assert.Equal(makes, System(BloodPressure(patient)) == ConditionalCreate);
    }

    [Fact]
    public void Signs_with_a_meaning_are_escaped_in_the_condition_and_not_in_the_identifier()
    {
        AcquiredReading record = BloodPressure(new PatientReference("a b,c$d+e&f#g%\"h", "urn:x"));
        Assert.Equal("CCBBAAFFFE112233-a b,c$d+e&f#g%\"h-urn:x-150020-826789330", Value(record));
        Assert.Equal(
            $"identifier={ConditionalCreate}|CCBBAAFFFE112233-a%20b\\,c\\$d%2Be%26f%23g%25%22h-urn:x-150020-826789330", Condition(record));
        JsonElement patient = Encoded.Parse(Encoded.Bundle([record]).Json).GetProperty("entry")[0];
        Assert.Equal("identifier=urn:x|a%20b\\,c\\$d%2Be%26f%23g%25%22h", patient.GetProperty("request").GetProperty("ifNoneExist").GetString());
    }

    [Fact]
    public void The_second_value_of_a_code_in_a_record_has_a_uuid_of_its_own_and_no_stamp_identifier()
    {
        NumericValue interval = Numeric(147240, "MDC_ECG_TIME_PD_RR_GL", 800m, Units.Millisecond);
        AcquiredReading record = Stamped(Cuff, "2026-03-14T08:00:00", "2026-03-14T08:00:00+01:00", interval, interval);
        JsonElement[] two = Encoded.Observations(record);
        Assert.Equal(ConditionalCreate, two[0].GetProperty("identifier")[0].GetProperty("system").GetString());
        Assert.Equal("urn:ietf:rfc:3986", two[1].GetProperty("identifier")[0].GetProperty("system").GetString());
    }

    [Fact]
    public void Supplemental_types_tell_values_of_a_code_apart()
    {
        NumericValue normal = Numeric(150456, "MDC_PULS_OXIM_SAT_O2", 97m, Units.Percent);
        NumericValue fast = normal with { SupplementalTypes = [new MdcTerm(150580, "MDC_MODALITY_FAST")] };
        NumericValue slow = normal with { SupplementalTypes = [new MdcTerm(150584, "MDC_MODALITY_SLOW")] };
        AcquiredReading record = Stamped(Cuff, "2026-03-14T08:00:00", "2026-03-14T08:00:00+01:00", normal, fast, slow);
        Assert.Equal(
            ["150456-826790400", "150456-826790400-150580", "150456-826790400-150584"],
            Encoded.Observations(record).Select(o => o.GetProperty("identifier")[0].GetProperty("value").GetString()![20..]));
        Assert.Equal(3, Encoded.Resources(record).Skip(2).Select(r => r.Id).Distinct().Count());
    }

    private static JsonElement First(AcquiredReading record) => Encoded.Observations(record)[0].GetProperty("identifier")[0];

    private static string Value(AcquiredReading record) => First(record).GetProperty("value").GetString()!;

    private static string System(AcquiredReading record) => First(record).GetProperty("system").GetString()!;

    private static string Condition(AcquiredReading record)
    {
        string panel = Encoded.Resources(record).First(r => r.Json.Contains("\"150020\"", StringComparison.Ordinal)).Id.ToString();
        return Encoded.Parse(Encoded.Bundle([record]).Json).GetProperty("entry").EnumerateArray()
            .First(e => e.GetProperty("fullUrl").GetString() == "urn:uuid:" + panel)
            .GetProperty("request").GetProperty("ifNoneExist").GetString()!;
    }
}
