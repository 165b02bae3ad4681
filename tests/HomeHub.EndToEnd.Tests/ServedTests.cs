using System.Text;
using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What the relay serves of real captures, held to a FHIR validator that is not ours, and every Device that it names is there.</summary>
public class ServedTests
{
    private static readonly string Captures = Path.Combine(Executable.Repository, "tests/captures/real-devices.ndjson");

    [Fact]
    public async Task What_the_relay_serves_is_valid_and_refers_to_what_it_serves()
    {
        await using Laboratory lab = await Laboratory.OpenAsync();
        Assert.Equal(0, await lab.StartHub("--replay", Captures, "--exit-when-drained").ExitAsync());
        List<JsonElement> served = [.. await lab.Api.SearchAsync("Observation?_count=500"), .. await lab.Api.SearchAsync("Device?_count=500")];
        Assert.Equal(await lab.Api.CountAsync(), served.Count(resource => TypeOf(resource) == "Observation"));
        HashSet<string> names = [.. served.Select(resource => $"{TypeOf(resource)}/{resource.GetProperty("id").GetString()}")];
        string[] references = [.. served.SelectMany(References).Where(reference => !reference.StartsWith("Patient/", StringComparison.Ordinal)).Distinct()];
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains(reference, names));

        var lines = new StringBuilder();
        foreach (JsonElement resource in (JsonElement[])[.. served, await lab.Api.GetAsync("metadata"), await lab.Api.GetAsync("Observation?_count=3")])
        {
            lines.Append(JsonSerializer.Serialize(resource)).Append('\n');
        }

        using var validator = Executable.Start("node", Path.Combine(Executable.Repository, "tests/fhir-validator/validate.mjs"));
        await validator.FeedAsync(lines.ToString());
        int exit = await validator.ExitAsync();
        Assert.True(exit == 0, validator.Output + validator.Error);
        Assert.Contains($"{served.Count + 2} validated, 0 failed", validator.Output, StringComparison.Ordinal);
    }

    private static string TypeOf(JsonElement resource) => resource.GetProperty("resourceType").GetString()!;

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            member is { Name: "reference", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
