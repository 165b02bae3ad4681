using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>Transaction Bundles: what goes in, what stays out, and that the bytes never change.</summary>
public sealed class BundleTests
{
    private const string Received = "2026-03-14T07:45:06+01:00";

    [Fact]
    public void The_same_readings_give_the_same_bytes_from_any_encoder()
    {
        List<AcquiredReading> readings = [.. AllReadings.All.Where(r => r.Patient.IsLogical)];
        (EncodedBundle first, string json) = Encoded.Bundle(readings);
        (EncodedBundle second, string again) = Encoded.Bundle(readings);
        Assert.Equal(json, again);
        Assert.Equal(first.Id, second.Id);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        EncodedBundle other = new FhirEncoder("1.0.0").EncodeBundle(Hub, [.. readings.Select(Copy)], new HashSet<Guid>(), output);
        Assert.Equal(json, System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(first.Id, other.Id);
    }

    [Fact]
    public void An_entry_is_the_same_whatever_is_beside_it()
    {
        List<AcquiredReading> readings = [.. AllReadings.All.Where(r => r.Patient.IsLogical).Take(200)];
        Dictionary<string, string> forwards = EntriesOf(Encoded.Bundle(readings).Json);
        Dictionary<string, string> backwards = EntriesOf(Encoded.Bundle([.. readings.AsEnumerable().Reverse()]).Json);
        Assert.Equal(forwards.OrderBy(e => e.Key), backwards.OrderBy(e => e.Key));
        foreach (AcquiredReading reading in readings.Where(r => r.Reading.Values.Any(v => v.Upload != UploadRule.Never)))
        {
            foreach ((string url, string entry) in EntriesOf(Encoded.Bundle([reading]).Json))
            {
                Assert.Equal(forwards[url], entry);
            }
        }
    }

    [Fact]
    public void Every_resource_in_a_bundle_is_the_one_written_alone()
    {
        foreach (AcquiredReading reading in AllReadings.All.Where(r => r.Reading.Values.All(v => v.Upload != UploadRule.Never)))
        {
            Dictionary<string, string> alone = Encoded.Resources(reading).ToDictionary(r => $"urn:uuid:{r.Id}", r => r.Json);
            foreach (JsonElement entry in Entries(Encoded.Bundle([reading]).Json))
            {
                Assert.Equal(alone[entry.GetProperty("fullUrl").GetString()!], entry.GetProperty("resource").GetRawText());
            }
        }
    }

    [Fact]
    public void Entries_are_told_with_the_reading_that_they_come_from()
    {
        (EncodedBundle bundle, string json) = Encoded.Bundle([BloodPressure(), BloodPressure() with { Identity = new RecordIdentity(1, 2) }]);
        Assert.Equal([-1, -1, 0, 0, 0, 1, 1, 1], bundle.Entries.Select(e => e.Reading));
        Assert.Equal(bundle.Entries.Select(e => $"urn:uuid:{e.Id}"), Entries(json).Select(e => e.GetProperty("fullUrl").GetString()));
        Assert.Equal(7, bundle.Observations);
        Assert.Equal(5, bundle.Id.ToString()[14] - '0');
    }

    [Fact]
    public void One_clock_check_serves_all_readings_of_a_connection()
    {
        string json = Encoded.Bundle([BloodPressure(), BloodPressure() with { Identity = new RecordIdentity(1, 2), ClockCheck = CuffClock with { } }]).Json;
        Assert.Single(Entries(json), e => e.GetRawText().Contains("PhdCoincidentTimeStampObservation", StringComparison.Ordinal));
    }

    [Fact]
    public void A_held_back_value_and_what_only_it_needs_stay_out()
    {
        NumericValue never = Numeric(150300, "MDC_PRESS_CUFF", 90m, Units.MmHg) with { Upload = UploadRule.Never };
        var bits = new BitsEnumerationValue(new MdcTerm(8410608, ""), [new BitState(0, "body-movement", true)]) { DerivedFrom = 0 };
        AcquiredReading silent = Stamped(Cuff, "2026-03-14T08:00:00", Received, never);
        AcquiredReading withBits = Record(Cuff, Received, never, bits);
        (EncodedBundle bundle, string json) = Encoded.Bundle([silent, withBits]);
        JsonElement entry = Assert.Single(Entries(json));
        Assert.False(entry.GetProperty("resource").TryGetProperty("derivedFrom", out _));
        Assert.Equal(1, Assert.Single(bundle.Entries).Reading);
        Assert.True(Encoded.Observations(withBits)[1].TryGetProperty("derivedFrom", out _));
    }

    [Fact]
    public void The_operator_can_let_out_what_is_held_back()
    {
        NumericValue never = AbsentNumeric(188736, "MDC_MASS_BODY_ACTUAL", AbsenceReason.Error, Units.Kilogram) with { Upload = UploadRule.Never };
        AcquiredReading record = Stamped(Cuff, "2026-03-14T08:00:00", Received, never);
        record = record with { Reading = record.Reading with { Status = MeasurementStatus.Invalid } };
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var encoder = new FhirEncoder("1.0.0", new UploadOptions { SendInvalid = true });
        Assert.Equal(2, encoder.EncodeBundle(Hub, [record], new HashSet<Guid>(), output).Observations);
        Assert.Equal(0, Encoded.Bundle([record]).Bundle.Observations);
    }

    [Fact]
    public void Devices_go_along_only_when_asked_for()
    {
        AcquiredReading record = BloodPressure();
        Guid[] devices = [.. Samples.Encoder.ListDevices(Hub, [record]).Select(d => d.Id)];
        Assert.DoesNotContain("\"resourceType\":\"Device\"", Encoded.Bundle([record]).Json, StringComparison.Ordinal);
        JsonElement entry = Assert.Single(
            Entries(Encoded.Bundle([record], devices[1]).Json), e => e.GetProperty("request").GetProperty("url").GetString() == "Device");
        Assert.Equal($"urn:uuid:{devices[1]}", entry.GetProperty("fullUrl").GetString());
    }

    [Fact]
    public void References_of_a_full_bundle_all_resolve()
    {
        List<AcquiredReading> readings = [.. AllReadings.All.Where(r => !r.Patient.IsLogical && r.Measurement is null)];
        string json = Encoded.Bundle(readings, [.. Samples.Encoder.ListDevices(Hub, readings).Select(d => d.Id)]).Json;
        HashSet<string> known = [.. Entries(json).Select(e => e.GetProperty("fullUrl").GetString()!)];
        string[] references = [.. System.Text.RegularExpressions.Regex.Matches(json, "\"reference\":\"([^\"]+)\"").Select(m => m.Groups[1].Value).Distinct()];
        Assert.True(references.Length > 10);
        Assert.All(references, r => Assert.Contains(r, known));
    }

    [Fact]
    public void Readings_of_two_patients_are_refused() =>
        Assert.Throws<ArgumentException>(() => Encoded.Bundle([BloodPressure(Patient), BloodPressure(LogicalPatient)]));

    [Fact]
    public void Another_hub_gives_other_uuids()
    {
        var other = new HubIdentity(Guid.Parse("0b9f5a10-51c7-4a57-9a1b-3f3f7c3f9a02"), Hub.SystemId);
        List<Guid> ids = [];
        Samples.Encoder.EncodeResources(other, BloodPressure(), (id, _) => ids.Add(id));
        Assert.Empty(ids.Intersect(Encoded.Resources(BloodPressure()).Select(r => r.Id)));
    }

    /// <summary>Equal, and the same object nowhere: no cache by reference can help.</summary>
    private static AcquiredReading Copy(AcquiredReading reading) => reading with
    {
        Device = reading.Device with { Services = [.. reading.Device.Services] },
        Patient = reading.Patient with { },
        ClockCheck = reading.ClockCheck is { } check ? new ClockCheck(check.ReadAt, check.DeviceTime) : null,
    };

    private static IEnumerable<JsonElement> Entries(string json) => Encoded.Parse(json).GetProperty("entry").EnumerateArray();

    private static Dictionary<string, string> EntriesOf(string json) =>
        Entries(json).ToDictionary(e => e.GetProperty("fullUrl").GetString()!, e => e.GetRawText());
}
