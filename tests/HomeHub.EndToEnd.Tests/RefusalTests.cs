using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Mosquitto;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What the relay refuses: poison on the topic, and patients who are not enrolled.</summary>
public class RefusalTests
{
    [Fact]
    public async Task Poison_on_the_topic_becomes_dead_letters_and_holds_up_nobody()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        await PoisonAsync(lab);
        string capture = lab.WriteCapture(50);
        using Executable hub = lab.StartHub("--replay", capture, "--exit-when-drained");
        Assert.True(await hub.ExitAsync() == 0, hub.Error);
        await lab.AssertAllArrivedOnceAsync(capture);
        Assert.Equal(0, await lab.StopRelayAsync());

        using var list = Executable.Start(Executable.Relay, "dead-letters", "list", "--data", Path.Combine(Path.GetDirectoryName(lab.HubFolder)!, "relay"), "--json");
        Assert.Equal(0, await list.ExitAsync());
        string[] reasons = [.. list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("reason").GetString()!)
            .Order(StringComparer.Ordinal)];
        Assert.Equal(["not-brotli", "not-fhir", "not-json"], reasons);
    }

    [Fact]
    public async Task A_patient_who_is_not_enrolled_is_rejected_until_a_person_retries()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        await File.WriteAllTextAsync(lab.EnrolmentFile, "{}");
        await lab.StartRelayAsync("--enrolment", lab.EnrolmentFile);
        string capture = lab.WriteCapture(40);
        Assert.Equal(1, await lab.StartHub("--replay", capture, "--exit-when-drained").ExitAsync());
        JsonElement status = await lab.StatusAsync();
        int rejected = status.GetProperty("rejected").GetInt32();
        Assert.True(rejected > 0);
        Assert.Equal(rejected, status.GetProperty("rejectedByReason").GetProperty("not-enrolled").GetInt32());
        Assert.Equal(0, await lab.Api.CountAsync());

        await lab.StopRelayAsync();
        await File.WriteAllTextAsync(lab.EnrolmentFile, $$"""{"{{lab.ReadHub().Id:D}}":["Patient/anna","Patient/bruno"]}""");
        await lab.StartRelayAsync("--enrolment", lab.EnrolmentFile);
        (int exit, string output, string error) = await lab.CommandAsync("retry-rejected", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        Assert.StartsWith($"{rejected} readings", output, StringComparison.Ordinal);
        Assert.Equal(0, await lab.StartHub("--exit-when-drained").ExitAsync());
        await lab.AssertAllArrivedOnceAsync(capture);
    }

    private static async Task PoisonAsync(Laboratory lab)
    {
        Assert.True(MosquittoAddress.TryParse(lab.Broker.Url, out MosquittoAddress? address, out _));
        await using var client = new MosquittoClient(new MosquittoOptions { Address = address, ClientId = "poison", CleanStart = true });
        client.Start();
        await client.WaitUntilConnectedAsync(default);
        Guid hub = Guid.NewGuid();
        foreach ((string encoding, string payload) in new[] { ("json", "{\"resourceType\":"), ("json", "[1,2,3]"), ("br", "not compressed at all") })
        {
            await client.PublishAsync($"homehub/v1/{hub:D}/care-team/bundle/{Guid.NewGuid():D}/{encoding}", System.Text.Encoding.UTF8.GetBytes(payload));
        }
    }
}
