using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What a device at the radio tells, seen at the broker: it is no synthetic one, for which nobody has to be asked.</summary>
public sealed class RealDeviceConsentTests
{
    private const string Address = "C0:FF:EE:00:00:01", PressureCode = "85354-9";

    [Fact]
    public async Task Nothing_of_a_real_device_leaves_the_hub_before_its_person_says_so()
    {
        await using RadioHome home = await RadioHome.OpenAsync();
        await using BrokerSpy spy = await BrokerSpy.StartAsync(home.Lab.Broker);
        await home.RegisterAsync(Address);
        string config = Path.Combine(home.Lab.HubFolder, "homehub.json");
        await File.WriteAllTextAsync(config, """{ "clock": { "trust": "always" }, "timeZone": "Europe/Madrid" }""");
        using Executable hub = home.Lab.StartHubOn(home.Bus, "--config", config);
        StandInDevice cuff = new(
            Address, "Cuff", new StandInCharacteristic(0x1810, 0x2A35, 0x10, "indicate") { AtSubscription = [Convert.FromHexString("00800053005D00")] })
        {
            Services = ["00001810-0000-1000-8000-00805f9b34fb"],
        };
        await home.AdvertiseUntilAsync(cuff, hub, ": 1 values;");
        JsonElement status = default;
        await Eventually.HoldsAsync(
            async () => (status = await home.Lab.StatusAsync()).GetProperty("withheld").GetInt32() == 1 && status.GetProperty("broker").GetString() == "connected",
            () => $"{status} {home.Lab.Logs}", Executable.Patience, TimeSpan.FromMilliseconds(200));
        Assert.DoesNotContain(spy.Messages, message => message.Topic.Contains("/bundle/", StringComparison.Ordinal));
        Assert.DoesNotContain(spy.Messages, message => message.Text.Contains("C0FFEE000001", StringComparison.OrdinalIgnoreCase) || message.Text.Contains(Address, StringComparison.OrdinalIgnoreCase));

        await home.Lab.ConsentAsync("give", SampleReadings.Patient.Key, "blood-pressure", "--from", "2026-01-01T00:00Z");
        await Eventually.HoldsAsync(
            () => Task.FromResult(spy.BundlesTo("care-team").Any(text => text.Contains(PressureCode, StringComparison.Ordinal))), () => home.Lab.Logs, Executable.Patience, TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, await hub.StopAsync());
    }
}
