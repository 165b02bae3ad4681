using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;
using HomeHub.Testing.Climate;

namespace HomeHub.Fhir.Tests;

/// <summary>What is of the room: plain Observations of a Location, with nobody in them.</summary>
public sealed class RoomTests
{
    private const string RoomId = "urn:uuid:", Loinc = "http://loinc.org";

    /// <summary>All resources of a reading of the room, with a Bundle of them, for the validator.</summary>
    public static IEnumerable<string> Jsons() =>
        [.. Encoded.Resources(SampleRoom.Reading(1)).Select(resource => resource.Json), .. Encoded.Resources(SampleRoom.Reading(1) with { IsTakenBack = true }).Select(resource => resource.Json), Bundle().Json];

    [Fact]
    public void A_reading_is_a_device_a_location_and_an_observation_a_value()
    {
        JsonElement[] resources = [.. Encoded.Resources(SampleRoom.Reading(1)).Select(resource => Encoded.Parse(resource.Json))];
        Assert.Equal(["Device", "Location", "Observation", "Observation"], resources.Select(TypeOf));
        JsonElement location = resources[1], temperature = resources[2], humidity = resources[3];
        Assert.Equal(["resourceType", "identifier", "description", "mode", "physicalType"], location.EnumerateObject().Select(one => one.Name));
        Assert.Equal("ro", location.GetProperty("physicalType").GetProperty("coding")[0].GetProperty("code").GetString());
        foreach (JsonElement observation in new[] { temperature, humidity })
        {
            Assert.False(observation.TryGetProperty("meta", out _));
            Assert.Equal(location.GetProperty("identifier")[0].GetProperty("value").GetString(), observation.GetProperty("subject").GetProperty("reference").GetString());
            Assert.Equal("exam", Assert.Single(Assert.Single(observation.GetProperty("category").EnumerateArray()).GetProperty("coding").EnumerateArray()).GetProperty("code").GetString());
            Assert.Equal(("final", "2026-03-14T07:01:00+01:00"), (observation.GetProperty("status").GetString(), observation.GetProperty("effectiveDateTime").GetString()));
            Assert.StartsWith(RoomId, observation.GetProperty("device").GetProperty("reference").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(("60832-3", "21.340", "Cel"), ValueOf(temperature));
        Assert.Equal(("65643-9", "45.123", "%"), ValueOf(humidity));
        Assert.Equal("188508", temperature.GetProperty("code").GetProperty("coding")[1].GetProperty("code").GetString());
        Assert.Single(humidity.GetProperty("code").GetProperty("coding").EnumerateArray());
    }

    /// <summary>The number for own use that stands for humidity within the hub is nobody else's.</summary>
    [Fact]
    public void No_code_leaves_that_is_not_published() =>
        Assert.All(Jsons(), json => Assert.DoesNotContain("192512", json, StringComparison.Ordinal));

    [Fact]
    public void A_bundle_creates_the_room_once_and_each_observation_once()
    {
        (EncodedBundle bundle, string json) = Bundle();
        JsonElement[] entries = [.. Encoded.Parse(json).GetProperty("entry").EnumerateArray()];
        Assert.Equal(["Location", "Device", "Device", "Observation", "Observation", "Observation", "Observation"], entries.Select(entry => TypeOf(entry.GetProperty("resource"))));
        Assert.Equal(entries.Length, bundle.Entries.Count);
        Assert.All(entries, entry => Assert.Equal("POST", entry.GetProperty("request").GetProperty("method").GetString()));
        string room = entries[0].GetProperty("fullUrl").GetString()!;
        Assert.Equal($"identifier=urn:ietf:rfc:3986|{room}", entries[0].GetProperty("request").GetProperty("ifNoneExist").GetString());
        Assert.All(entries[3..], entry => Assert.Equal(
            $"identifier=urn:ietf:rfc:3986|{entry.GetProperty("fullUrl").GetString()}", entry.GetProperty("request").GetProperty("ifNoneExist").GetString()));
        Assert.DoesNotContain("Patient", json, StringComparison.Ordinal);
        Assert.Equal(Bundle().Json, json);
    }

    /// <summary>A hub that takes the history of another one speaks of the same room; another hub of another one.</summary>
    [Fact]
    public void The_room_is_the_hubs_whose_history_it_is()
    {
        HubIdentity first = Samples.Hub, next = Samples.Hub with { Id = Guid.NewGuid(), Space = first.Space }, other = new(Guid.NewGuid(), first.SystemId);
        Assert.Equal(RoomOf(first), RoomOf(next));
        Assert.NotEqual(RoomOf(first), RoomOf(other));
    }

    [Fact]
    public void What_was_taken_back_goes_as_an_update()
    {
        JsonElement entry = Encoded.Parse(Encoded.Bundle([SampleRoom.Reading(1) with { IsTakenBack = true }]).Json).GetProperty("entry")[1];
        Assert.Equal("PUT", entry.GetProperty("request").GetProperty("method").GetString());
        Assert.Equal("entered-in-error", entry.GetProperty("resource").GetProperty("status").GetString());
    }

    [Fact]
    public void The_room_and_a_person_are_never_in_one_bundle_and_its_values_never_a_persons()
    {
        Assert.Throws<ArgumentException>(() => Encoded.Bundle([SampleRoom.Reading(1), Samples.BloodPressure()]));
        Assert.Throws<ArgumentException>(() => Encoded.Bundle([SampleRoom.Reading(1) with { Patient = Samples.Patient }]));
    }

    [Fact]
    public async Task A_table_says_that_it_is_about_the_room()
    {
        using var output = new MemoryStream();
        await new FhirReadingExport(Samples.Encoder, Samples.Hub).WriteAsync(ExportFormat.Csv, new[] { SampleRoom.Reading(1) }.ToAsyncEnumerable(), output, default);
        string[] rows = System.Text.Encoding.UTF8.GetString(output.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length);
        Assert.Contains(",MDC_TEMP_ROOM,188508,21.340,Cel,", rows[1], StringComparison.Ordinal);
        Assert.Contains(",HOMEHUB_REL_HUMIDITY_ROOM,192512,45.123,%,", rows[2], StringComparison.Ordinal);
        Assert.All(rows[1..], row => Assert.Contains(",room,", row, StringComparison.Ordinal));
    }

    private static (EncodedBundle Bundle, string Json) Bundle()
    {
        AcquiredReading[] readings = [SampleRoom.Reading(1), SampleRoom.Reading(16)];
        return Encoded.Bundle(readings, [.. Samples.Encoder.ListDevices(Samples.Hub, readings).Select(device => device.Id)]);
    }

    private static Guid RoomOf(HubIdentity hub)
    {
        List<Guid> ids = [];
        Samples.Encoder.EncodeResources(hub, SampleRoom.Reading(1), (id, _) => ids.Add(id));
        return ids[1];
    }

    private static string TypeOf(JsonElement resource) => resource.GetProperty("resourceType").GetString()!;

    private static (string? Code, string Value, string? Unit) ValueOf(JsonElement observation)
    {
        JsonElement coding = observation.GetProperty("code").GetProperty("coding")[0], quantity = observation.GetProperty("valueQuantity");
        Assert.Equal(Loinc, coding.GetProperty("system").GetString());
        return (coding.GetProperty("code").GetString(), quantity.GetProperty("value").GetRawText(), quantity.GetProperty("code").GetString());
    }
}
