using System.Text;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Tests.Devices;

public sealed class DeviceFileReaderTests
{
    [Theory]
    [InlineData("\"colour\": 1", "colour")]
    [InlineData("\"name\": \"\"", "name")]
    [InlineData("\"name\": \"a name of more than 20\"", "name")]
    [InlineData("\"systemId\": \"12\"", "systemId")]
    [InlineData("\"clockOffsetSeconds\": 1e9", "clockOffsetSeconds")]
    [InlineData("\"clockDriftPpm\": 1e6", "clockDriftPpm")]
    [InlineData("\"batteryPercent\": 101", "batteryPercent")]
    [InlineData("\"userIndex\": 255", "userIndex")]
    [InlineData("\"storedRecords\": 10001", "storedRecords")]
    [InlineData("\"storedRecords\": -1", "storedRecords")]
    [InlineData("\"storedEveryMinutes\": 0", "storedEveryMinutes")]
    [InlineData("\"sendIntervalMilliseconds\": -1", "sendIntervalMilliseconds")]
    [InlineData("\"security\": \"strong\"", "security")]
    [InlineData("\"quirks\": [ \"funny\" ]", "quirks")]
    [InlineData("\"script\": [ { \"do\": \"explode\" } ]", "script[0].do")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"count\": 0 } ]", "script[0].count")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"at\": \"7\" } ]", "script[0].at")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"at\": \"24:00\" } ]", "script[0].at")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"at\": \"-00:01:00\" } ]", "script[0].at")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"at\": \"31.00:00:00\" } ]", "script[0].at")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"values\": { \"weight\": 1 } } ]", "script[0].values.weight")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"values\": { \"systolic\": 501 } } ]", "script[0].values.systolic")]
    [InlineData("\"script\": [ { \"do\": \"measure\", \"values\": { \"systolic\": 120.5 } } ]", "script[0].values.systolic")]
    [InlineData("\"script\": [ { \"do\": \"disconnect\", \"afterRecord\": 0 } ]", "script[0].afterRecord")]
    [InlineData("\"script\": [ { \"do\": \"set-clock\", \"offsetSeconds\": 1e9 } ]", "script[0].offsetSeconds")]
    [InlineData("\"script\": [ { \"do\": \"fault\" } ]", "script[0].characteristic")]
    [InlineData("\"script\": [ { \"do\": \"fault\", \"characteristic\": \"2A\" } ]", "script[0].characteristic")]
    [InlineData("\"script\": [ { \"do\": \"fault\", \"characteristic\": \"2A19\", \"fault\": \"burn\" } ]", "script[0].fault")]
    [InlineData("\"script\": [ { \"do\": \"fault\", \"characteristic\": \"2A19\", \"operations\": 0 } ]", "script[0].operations")]
    [InlineData("\"script\": [ { \"do\": \"fault\", \"characteristic\": \"2A19\", \"attError\": 0 } ]", "script[0].attError")]
    [InlineData("\"script\": [ { \"do\": \"fault\", \"characteristic\": \"2A19\", \"delaySeconds\": 0 } ]", "script[0].delaySeconds")]
    public void A_key_that_can_not_be_used_is_named(string bad, string named)
    {
        string name = bad.StartsWith("\"name\"", StringComparison.Ordinal) ? "" : "\"name\": \"S\", ";
        HouseholdException error = Assert.Throws<HouseholdException>(() => Parse($$"""{ "kind": "blood-pressure", {{name}}{{bad}} }"""));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("07:00", true, "07:00:00")]
    [InlineData("23:59", true, "23:59:00")]
    [InlineData("07:00:00", false, "07:00:00")]
    [InlineData("2.00:00:00", false, "2.00:00:00")]
    public void A_time_of_day_and_a_time_from_the_start_are_told_apart(string text, bool isTimeOfDay, string value)
    {
        DeviceFile file = Parse($$"""{ "kind": "scale", "name": "S", "script": [ { "at": "{{text}}", "do": "measure" } ] }""");
        Assert.Equal(new ScriptTime(TimeSpan.Parse(value), isTimeOfDay), file.Script[0].At);
    }

    [Theory]
    [InlineData("2026-11-24T06:59:30+01:00", "07:00", 30)]
    [InlineData("2026-11-24T07:00:00+01:00", "07:00", 86_400)]
    [InlineData("2026-11-24T22:00:00+01:00", "07:00", 9 * 3600)]
    public void The_next_time_of_day_may_be_tomorrows(string now, string at, int seconds)
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");
        TimeSpan wait = ScriptTime.Daily(TimeSpan.Parse(at)).WaitAt(default, DateTimeOffset.Parse(now), zone);
        Assert.Equal(TimeSpan.FromSeconds(seconds), wait);
    }

    private static DeviceFile Parse(string json) => DeviceFileReader.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
