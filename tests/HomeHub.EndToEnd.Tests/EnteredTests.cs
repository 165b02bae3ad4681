using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>Readings that a person enters, beside a running hub and without one.</summary>
public sealed class EnteredTests
{
    [Fact]
    public async Task A_reading_that_is_entered_is_at_the_relay_once_as_it_was_said_and_marked_as_entered_by_hand()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await lab.ConsentAsync("give", "Patient/p1", "all", "--from", "2026-01-01T00:00Z");
        using Executable hub = lab.StartHub();
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        (int exit, _, string error) = await EnterAsync(lab, "--kind", "weight", "--value", "81.40", "--unit", "kg", "--at", "2026-03-14T07:58+01:00");
        Assert.True(exit == 0, error);
        (exit, _, error) = await EnterAsync(
            lab, "--kind", "blood-pressure", "--systolic", "128", "--diastolic", "83", "--pulse", "71", "--unit", "mmHg", "--at", "2026-03-14T08:00+01:00");
        Assert.True(exit == 0, error);
        (exit, string output, _) = await EnterAsync(lab, "--kind", "weight", "--value", "81.4", "--unit", "kg", "--at", "2026-03-14T06:58Z");
        Assert.Equal(0, exit);
        Assert.Contains("already entered", output, StringComparison.Ordinal);
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => (status = await lab.StatusAsync()).GetProperty("receipted").GetInt32() == 2, () => $"{status} {lab.Logs}", TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(200));

        IReadOnlyList<JsonElement> found = await lab.Api.ListMeasurementsAsync();
        Assert.All(found, one => Assert.Equal("Entered by hand.", one.GetProperty("note")[0].GetProperty("text").GetString()));
        JsonElement weight = Assert.Single(found, one => one.GetProperty("code").GetProperty("coding").EnumerateArray().Any(coding => coding.GetProperty("code").GetString() == "29463-7"));
        Assert.Equal("81.40", weight.GetProperty("valueQuantity").GetProperty("value").GetRawText());
        JsonElement pressure = Assert.Single(found, one => one.TryGetProperty("component", out _));
        Assert.Equal(DateTimeOffset.Parse("2026-03-14T07:00:00Z", System.Globalization.CultureInfo.InvariantCulture), pressure.GetProperty("effectiveDateTime").GetDateTimeOffset());
        string device = weight.GetProperty("device").GetProperty("reference").GetString()!;
        Assert.Equal("Manual entry", (await lab.Api.GetAsync(device)).GetProperty("modelNumber").GetString());

        (_, string acts, _) = await lab.CommandAsync("readings", "acts", "--json", "--data", lab.HubFolder);
        JsonElement[] recorded = [.. acts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal([("enter", "nurse 7", 1), ("enter", "nurse 7", 2)], recorded.Select(act =>
            (act.GetProperty("act").GetString()!, act.GetProperty("by").GetString()!, act.GetProperty("reading").GetInt32())));
        Assert.Equal(0, await hub.StopAsync());
    }

    [Theory]
    [InlineData("--unit", "--kind", "weight", "--value", "81.4", "--at", "2026-03-14T08:00Z")]
    [InlineData("unit is kg or lb", "--kind", "weight", "--value", "81.4", "--unit", "stone", "--at", "2026-03-14T08:00Z")]
    [InlineData("unit", "--kind", "temperature", "--value", "98.2", "--unit", "C", "--at", "2026-03-14T08:00Z")]
    [InlineData("--at", "--kind", "weight", "--value", "81.4", "--unit", "kg")]
    [InlineData("future", "--kind", "weight", "--value", "81.4", "--unit", "kg", "--at", "2099-01-01T00:00Z")]
    [InlineData("--at", "--kind", "weight", "--value", "81.4", "--unit", "kg", "--at", "2026-03-14T08:00")]
    [InlineData("--kind", "--kind", "height", "--value", "181", "--unit", "cm")]
    [InlineData("--value", "--kind", "weight", "--value", "81,4", "--unit", "kg", "--at", "2026-03-14T08:00Z")]
    public async Task What_can_not_be_entered_says_why_and_enters_nothing(string why, params string[] said)
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        using Executable hub = lab.StartHub();
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        (int exit, _, string error) = await EnterAsync(lab, said);
        Assert.Equal(2, exit);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Equal(0, (await lab.StatusAsync()).GetProperty("taken").GetInt32());
    }

    private static Task<(int Exit, string Output, string Error)> EnterAsync(Laboratory lab, params string[] said) =>
        lab.CommandAsync(["readings", "enter", "--patient", "Patient/p1", "--by", "nurse 7", "--data", lab.HubFolder, .. said]);
}
