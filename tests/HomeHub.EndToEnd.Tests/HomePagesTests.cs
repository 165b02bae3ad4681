using System.Globalization;
using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What people do at the pages of the program as it is shipped, seen at the broker and after a kill.</summary>
public sealed class HomePagesTests
{
    private const string NursePin = "739104", PersonPin = "4711", Monitor = "BP-OPEN", PressureCode = "85354-9", WeightCode = "29463-7";

    [Fact]
    public async Task Once_a_person_withdraws_on_the_page_not_a_byte_of_that_kind_nor_of_its_device_leaves_the_hub()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(lab.Broker);
        int port = FreePort.Take();
        using Executable hub = await lab.StartHubWithPagesAsync(port, "--simulate", WriteHousehold(lab));
        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(port, await lab.LabelAsync(), NursePin), person = new(port, await lab.LabelAsync());
        await Eventually.HoldsAsync(
            async () => (await nurse.ReadAsync("/people")).Contains("\"/people/1\"", StringComparison.Ordinal), () => "the patient is among the people", Eventually.Deadline, TimeSpan.FromMilliseconds(200));
        await nurse.ReadAsync("/people/1/settings");
        await nurse.SendAsync("/people/1/pin", ("pin", PersonPin), ("again", PersonPin));
        await DecideAsync(nurse, "yes", ("kind", "blood-pressure"), ("kind", "glucose"), ("kind", "weight"), ("day", "2020-01-01"), ("present", "nurse 7"));
        await TellsAsync(lab, () => spy.BundlesTo("care-team").Any(text => text.Contains(GlucoseTraces.Model, StringComparison.Ordinal)), "glucose comes to the care team while it may");

        await person.SignInAsync(1, PersonPin);
        await DecideAsync(person, "no", ("kind", "glucose"));
        await TellsAsync(
            lab, () => spy.BundlesTo("care-team").Any(text => text.Contains("\"deny\",\"period\"", StringComparison.Ordinal)), "the care team is told that the consent was withdrawn");

        // What the broker had before it was told comes first: from here on there is nothing.
        int before = spy.Messages.Count;
        int pressures = CountAfter(spy, before, PressureCode);
        await EnterAsync(nurse, "glucose", "104", "mg/dL");
        await EnterAsync(nurse, "weight", "81.4", "kg");
        await TellsAsync(lab, () => CountAfter(spy, before, WeightCode) > 0, "a weight that is entered comes");
        await TellsAsync(lab, () => CountAfter(spy, before, PressureCode) >= pressures + 5, "blood pressures go on coming");
        JsonElement status = await lab.StatusAsync();
        Assert.True(status.GetProperty("withheld").GetInt32() > 1, $"{status}");
        GlucoseTraces.AssertNone(spy, before);

        // Nor after the next start.
        await hub.KillAsync();
        using Executable again = await lab.StartHubWithPagesAsync(port, "--simulate", WriteHousehold(lab, seed: 6));
        int restarted = spy.Messages.Count;
        await TellsAsync(lab, () => CountAfter(spy, restarted, PressureCode) > 0, "blood pressures come after the restart");
        await person.SignInAsync(1, PersonPin);
        Assert.Contains("kept here because you did not agree to send it", await person.ReadAsync("/people/1/data"), StringComparison.Ordinal);
        Assert.Equal(0, await again.StopAsync());
        GlucoseTraces.AssertNone(spy, before);
    }

    [Fact]
    public async Task The_guide_goes_on_at_the_same_step_after_the_hub_was_killed_and_with_another_phone()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        int port = FreePort.Take();
        using (Executable hub = await lab.StartHubWithPagesAsync(port))
        using (PagesVisitor phone = await PagesVisitor.ClaimAsync(port, await lab.LabelAsync(), NursePin))
        {
            await phone.ReadAsync("/setup/place");
            Assert.Equal("/setup/network", await phone.SendAsync("/setup/place", ("zone", "Europe/Madrid")));
            Assert.Equal("/setup/connection", await phone.SendAsync("/setup/network/done"));
            Assert.Equal("/setup/people", await phone.SendAsync("/setup/connection/done"));
            await phone.CheckAsync("/setup/people", "/setup/people/check", ("id", "Patient/p1"));
            await hub.KillAsync();
        }

        using (Executable hub = await lab.StartHubWithPagesAsync(port))
        using (var other = new PagesVisitor(port, await lab.LabelAsync()))
        {
            await other.SignInAsync(0, NursePin);
            Assert.Equal("/setup", await other.FollowAsync("/"));
            Assert.Equal("/setup/people", await other.FollowAsync("/setup/next"));

            // Shown back is not kept.
            Assert.DoesNotContain("Patient/p1", await other.ReadAsync("/setup/people"), StringComparison.Ordinal);
            await other.CheckAsync("/setup/people", "/setup/people/check", ("id", "Patient/p1"));
            await other.SendAsync("/setup/people/add", ("id", "Patient/p1"), ("name", "Begoña"));
            await hub.KillAsync();
        }

        using Executable last = await lab.StartHubWithPagesAsync(port);
        using var third = new PagesVisitor(port, await lab.LabelAsync());
        await third.SignInAsync(0, NursePin);
        Assert.Contains("Begoña", await third.ReadAsync("/setup/people"), StringComparison.Ordinal);
        Assert.Equal("/setup/devices", await third.SendAsync("/setup/people/done"));
        Assert.Contains("<option value=\"Europe/Madrid\" selected", await third.ReadAsync("/setup/place"), StringComparison.Ordinal);
        Assert.Equal(0, await last.StopAsync());
    }

    /// <summary>Says who may have what: shown back, then recorded.</summary>
    private static async Task DecideAsync(PagesVisitor pages, string answer, params (string Name, string Value)[] fields)
    {
        (string, string)[] form = [("recipient", "care-team"), ("answer", answer), .. fields];
        await pages.CheckAsync("/people/1/consent", "/people/1/consent/check", form);
        Assert.EndsWith("done=saved", await pages.SendAsync("/people/1/consent", form), StringComparison.Ordinal);
    }

    private static async Task EnterAsync(PagesVisitor nurse, string kind, string value, string unit)
    {
        (string, string)[] form =
        [
            ("kind", kind), ("act", Guid.NewGuid().ToString("N")), ("whose", "1"), ("value", value), ("unit", unit), ("by", "nurse 7"),
            ("at", TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)),
        ];
        await nurse.CheckAsync($"/readings/enter?kind={kind}", "/readings/enter/check", form);
        await nurse.SendAsync("/readings/enter", form);
    }

    private static int CountAfter(BrokerSpy spy, int before, string code) => spy.Messages.Skip(before).Count(message =>
        message.Topic.Contains("/bundle/", StringComparison.Ordinal) && message.Text.Contains("\"Observation\"", StringComparison.Ordinal) && message.Text.Contains(code, StringComparison.Ordinal));

    private static Task TellsAsync(Laboratory lab, Func<bool> holds, string what) =>
        Eventually.HoldsAsync(() => Task.FromResult(holds()), () => $"{what} {lab.Logs}", TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(100));

    /// <summary>An hour of the household in a second, so that it goes on measuring meanwhile.</summary>
    private static string WriteHousehold(Laboratory lab, int seed = 5)
    {
        string path = Path.Combine(lab.HubFolder, "..", $"household-{seed}.json");
        File.WriteAllText(path, $$"""
            {
              "seed": {{seed}}, "speed": 3600,
              "devices": [
                { "kind": "blood-pressure", "patient": "Patient/p1", "address": "C0:FF:EE:00:00:01", "model": "{{Monitor}}", "connections": 300, "everyMinutes": 60, "batteryPercent": 80 },
                { "kind": "glucose-meter", "patient": "Patient/p1", "address": "{{GlucoseTraces.Address}}", "model": "{{GlucoseTraces.Model}}", "connections": 300, "everyMinutes": 60, "batteryPercent": 70 }
              ]
            }
            """);
        return path;
    }
}
