using System.Text;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>What was taken back goes as an update of what was sent (rule 14.9).</summary>
public sealed class TakenBackTests
{
    [Fact]
    public void Each_observation_is_the_one_that_was_sent_but_for_its_status_and_its_request()
    {
        foreach (AcquiredReading reading in AllReadings.All)
        {
            Dictionary<string, JsonElement> sent = EntriesOf(reading), back = EntriesOf(reading with { IsTakenBack = true });
            Assert.Equal(sent.Keys, back.Keys);
            foreach ((string url, JsonElement entry) in back)
            {
                JsonElement before = sent[url].GetProperty("request"), request = entry.GetProperty("request");
                JsonElement resource = entry.GetProperty("resource");
                if (resource.GetProperty("resourceType").GetString() != "Observation" || !Encoded.IsMeasurement(resource))
                {
                    Assert.Equal(sent[url].GetRawText(), entry.GetRawText());
                    continue;
                }

                Assert.Equal("PUT", request.GetProperty("method").GetString());
                Assert.Equal($"Observation?{before.GetProperty("ifNoneExist").GetString()}", request.GetProperty("url").GetString());
                Assert.False(request.TryGetProperty("ifNoneExist", out _));
                Assert.Equal("entered-in-error", resource.GetProperty("status").GetString());
                Assert.Equal(WithoutStatus(sent[url].GetProperty("resource")), WithoutStatus(resource));
            }
        }
    }

    [Fact]
    public void The_status_bits_of_a_record_are_taken_back_with_its_measurement()
    {
        JsonElement[] back = [.. EntriesOf(BloodPressure() with { IsTakenBack = true }).Values.Select(entry => entry.GetProperty("resource")).Where(Encoded.IsMeasurement)];
        Assert.Equal(3, back.Length);
        Assert.All(back, resource => Assert.Equal("entered-in-error", resource.GetProperty("status").GetString()));
    }

    [Fact]
    public void A_bundle_that_takes_back_is_another_one_than_the_bundle_that_was_sent()
    {
        AcquiredReading reading = BloodPressure();
        EncodedBundle sent = Encoded.Bundle([reading]).Bundle, back = Encoded.Bundle([reading with { IsTakenBack = true }]).Bundle;
        Assert.Equal(sent.Entries, back.Entries);
        Assert.NotEqual(sent.Id, back.Id);
        Assert.Equal(back.Id, Encoded.Bundle([reading with { IsTakenBack = true }]).Bundle.Id);
    }

    [Fact]
    public void Who_gets_it_instead_gets_other_observations_under_other_identifiers()
    {
        AcquiredReading given = BloodPressure(LogicalPatient).For(Patient, null);
        Dictionary<string, JsonElement> before = EntriesOf(BloodPressure(LogicalPatient)), after = EntriesOf(given);
        string[] measured = [.. after.Where(entry => entry.Value.GetProperty("resource").GetProperty("resourceType").GetString() == "Observation"
            && Encoded.IsMeasurement(entry.Value.GetProperty("resource"))).Select(entry => entry.Key)];
        Assert.Equal(3, measured.Length);
        Assert.All(measured, url => Assert.DoesNotContain(url, before.Keys));
        string[] Conditions(Dictionary<string, JsonElement> entries, IEnumerable<string> urls) =>
            [.. urls.Select(url => entries[url].GetProperty("request").GetProperty("ifNoneExist").GetString()!)];
        Assert.Empty(Conditions(after, measured).Intersect(Conditions(before, before.Keys.Where(url => before[url].GetProperty("request").TryGetProperty("ifNoneExist", out _)))));
    }

    [Fact]
    public async Task An_export_shows_what_was_taken_back_as_such()
    {
        AcquiredReading[] readings = [BloodPressure() with { IsTakenBack = true }];
        using var output = new MemoryStream();
        await new CsvExport(Samples.Encoder).WriteAsync(Hub, readings.ToAsyncEnumerable(), output, default);
        string[] rows = Encoding.UTF8.GetString(output.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(rows, row => Assert.Contains(",entered-in-error,", row, StringComparison.Ordinal));
        Assert.All(Encoded.Observations(readings[0]), o => Assert.Equal("entered-in-error", o.GetProperty("status").GetString()));
    }

    [Fact]
    public void Nobodys_reading_becomes_no_resource() =>
        Assert.Throws<ArgumentException>(() => Encoded.Bundle([BloodPressure(PatientReference.Nobody)]));

    private static string WithoutStatus(JsonElement resource) =>
        string.Join('\n', resource.EnumerateObject().Where(member => member.Name != "status").Select(member => $"{member.Name}: {member.Value.GetRawText()}"));

    private static Dictionary<string, JsonElement> EntriesOf(AcquiredReading reading)
    {
        JsonElement bundle = Encoded.Parse(Encoded.Bundle([reading]).Json);
        return bundle.GetProperty("entry").EnumerateArray().ToDictionary(entry => entry.GetProperty("fullUrl").GetString()!);
    }
}
