using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Testing.Time;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// What FHIR says of time (docs/phd-fhir-rules.md, 9 and 10), case by case: <c>rule | what the device told (<see cref="ClockCase"/>) | where | what stands there</c>,
/// <c>-</c> for nothing. <c>reading</c> is the last measurement, <c>check</c> the Coincident Timestamp that it refers to; <c>PHD</c> and <c>PHG</c> stand for the
/// two Devices. The home is in Madrid. How times come about stands in the table of the same name in HomeHub.Core.Tests.
/// </summary>
public sealed class ClockTableTests
{
    private const string Table = """
        9.2 a duration without a stamp ends at the reception | glucose 1 0-0-0T0:0:0 @2026-03-14T07:45:05+01:00; exercise 1 1800 | reading.effectivePeriod.end | 2026-03-14T07:45:05+01:00
        9.2 and started before it | glucose 1 0-0-0T0:0:0 @2026-03-14T07:45:05+01:00; exercise 1 1800 | reading.effectivePeriod.start | 2026-03-14T07:15:05+01:00
        9.8 a duration starts at the mapped stamp | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:00:00; exercise 1 1800 | reading.effectivePeriod.start | 2026-03-14T07:01:05+01:00
        9.8 and ends when it is over | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:00:00; exercise 1 1800 | reading.effectivePeriod.end | 2026-03-14T07:31:05+01:00
        9.8 there is no point in time beside the period | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:00:00; exercise 1 1800 | reading.effectiveDateTime | -
        9.8 across a change of the clocks the end is the right instant, in the offset of the start | clock 2026-03-29T03:30:00 @2026-03-29T03:30:00+02:00; glucose 1 2026-03-29T02:30:00; exercise 1 3600 | reading.effectivePeriod | {"start":"2026-03-29T01:30:00+01:00","end":"2026-03-29T02:30:00+01:00"}
        9.11 the hub's clock is the reference, whatever the device says: every Coincident Timestamp has the hub's time | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.effectiveDateTime | 2026-03-14T07:45:05+01:00
        9.11 and no stamp stays unchanged | clock 2026-03-14T07:45:06 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | reading.effectiveDateTime | 2026-03-14T07:42:09+01:00
        10.1 it is final | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.status | final
        10.1 a wall clock without an offset | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.code.coding.0.code | 67975
        10.1 the code is of MDC, and alone | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.code | {"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"67975","display":"MDC_ATTR_TIME_ABS"}]}
        10.1 a time fault has a code too | bp 2026-03-14T07:42:10 @2026-03-14T07:45:05+01:00 | check.code.coding.0.code | 67975
        10.2 its subject is the device | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.subject.reference | PHD
        10.2 its device is the hub | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.device.reference | PHG
        10.2 in a measurement it is the other way round | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | reading.device.reference | PHD
        10.2 no gateway extension | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.extension | -
        10.2 no category | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.category | -
        10.2 its one identifier is a UUID, no conditional-create one | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.identifier.0.system | urn:ietf:rfc:3986
        10.2 and there is no second | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.identifier.1 | -
        10.3 the hub's time is when the clock was read, not when the record came | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:44:30 @2026-03-14T07:45:40+01:00 | check.effectiveDateTime | 2026-03-14T07:45:05+01:00
        10.3 the device's time has the hub's offset, as the device has none | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.valueDateTime | 2026-03-14T07:44:00+01:00
        10.3 also of another year, and in summer | clock 2017-01-01T00:10:00 @2026-07-14T07:45:05+02:00; bp 2017-01-01T00:05:00 | check.valueDateTime | 2017-01-01T00:10:00+02:00
        10.3 beside a time there is no reason for its absence | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.dataAbsentReason | -
        10.3 what can't be known is unknown | bp 2026-03-14T07:42:10 @2026-03-14T07:45:05+01:00 | check.dataAbsentReason.coding.0.code | unknown
        10.3 and has no value | bp 2026-03-14T07:42:10 @2026-03-14T07:45:05+01:00 | check.valueDateTime | -
        10.3 ticks are a quantity, which no clock of these services is | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.valueQuantity | -
        10.4 it is derived from nothing | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.derivedFrom | -
        10.4 nothing is derived from it | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | reading.derivedFrom | -
        10.4 it has no members | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.hasMember | -
        10.4 no specimen | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.specimen | -
        10.4 no focus | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.focus | -
        10.4 no component, as the hub sets clocks last, when all is read | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | check.component | -
        """;

    public static TheoryData<string, string, string, string> Cases => ClockCase.Rows(Table);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_of_time_holds_in_fhir(string rule, string told, string where, string expected)
    {
        Assert.Matches("^(9|10)\\.[0-9]+ ", rule);
        AcquiredReading reading = ClockCase.Play("Europe/Madrid", told);
        (Guid Id, string Json)[] resources = [.. Encoded.Resources(reading)];
        JsonElement[] parsed = [.. resources.Select(resource => Encoded.Parse(resource.Json))];
        JsonElement found = where.StartsWith("check.", StringComparison.Ordinal)
            ? Assert.Single(parsed, one => one.GetProperty("resourceType").GetString() == "Observation" && !Encoded.IsMeasurement(one))
            : parsed.First(Encoded.IsMeasurement);
        string text = Find(found, where[(where.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        Guid device = resources.First(resource => Encoded.Parse(resource.Json).GetProperty("resourceType").GetString() == "Device").Id;
        Assert.Equal(expected, text.Contains(device.ToString(), StringComparison.Ordinal) ? "PHD" : text.StartsWith("urn:uuid:", StringComparison.Ordinal) ? "PHG" : text);
    }

    [Fact]
    public void A_wall_clock_with_an_offset_has_a_code_of_its_own()
    {
        AcquiredReading reading = Samples.BloodPressure() with { ClockCheck = new ClockCheck(Samples.At("2026-03-14T07:45:05+01:00"), Samples.Stamp("2026-03-14T06:44:00", 0)) };
        JsonElement check = Encoded.Resources(reading).Select(one => Encoded.Parse(one.Json)).Single(one => one.GetProperty("resourceType").GetString() == "Observation" && !Encoded.IsMeasurement(one));
        Assert.Equal(("68226", "2026-03-14T06:44:00+00:00"), (Find(check, "code.coding.0.code"), Find(check, "valueDateTime")));
    }

    /// <summary>What stands at a path: the text, the JSON of what is no text, or <c>-</c>.</summary>
    private static string Find(JsonElement at, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (at.ValueKind == JsonValueKind.Array)
            {
                int index = int.Parse(name, CultureInfo.InvariantCulture);
                if (index >= at.GetArrayLength())
                {
                    return "-";
                }

                at = at[index];
            }
            else if (!at.TryGetProperty(name, out at))
            {
                return "-";
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString()! : at.GetRawText();
    }
}
