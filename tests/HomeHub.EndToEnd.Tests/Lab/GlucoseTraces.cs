using System.Text.Json;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>By what a glucose meter and what it measured would give themselves away among the messages at a broker.</summary>
internal static class GlucoseTraces
{
    /// <summary>Model and address of the meter.</summary>
    public const string Model = "GM-SECRET", Address = "C0:FF:EE:00:00:02";

    private static readonly string[] Words =
        [Model, Address, Address.Replace(':', '-'), Address.Replace(":", "", StringComparison.Ordinal), "528401", "160184", "160020", "lucose", "2339-0", "15074-8"];

    /// <summary>Asserts that there is none from a message on. The Consent that tells that glucose may be had no more names it; nothing beside it does.</summary>
    /// <param name="spy">The messages.</param>
    /// <param name="from">Number of the first that is looked at. What the meter was called before that is a trace too.</param>
    public static void AssertNone(BrokerSpy spy, int from = 0)
    {
        (string Topic, string Text)[] messages = [.. spy.Messages];
        string[] traces = [.. Words, .. messages.Take(from).SelectMany(message => Entries(message.Text)).Where(entry => IsMeter(entry.GetProperty("resource"))).Select(entry => entry.GetProperty("fullUrl").GetString()!).Distinct()];
        foreach ((string topic, string text) in messages.Skip(from))
        {
            string[] told = [topic, .. Resources(text) is { Count: > 0 } resources ? resources.Where(one => !Is(one, "Consent")).Select(one => one.GetRawText()) : [text]];
            Assert.DoesNotContain(traces, trace => told.Any(one => one.Contains(trace, StringComparison.OrdinalIgnoreCase)));
        }
    }

    private static bool IsMeter(JsonElement resource) => Is(resource, "Device") && resource.TryGetProperty("modelNumber", out JsonElement model) && model.GetString() == Model;

    private static bool Is(JsonElement resource, string type) => resource.GetProperty("resourceType").GetString() == type;

    private static List<JsonElement> Resources(string message) => [.. Entries(message).Select(entry => entry.GetProperty("resource"))];

    private static List<JsonElement> Entries(string message)
    {
        if (!message.Contains("\"resourceType\":\"Bundle\"", StringComparison.Ordinal))
        {
            return [];
        }

        return [.. JsonSerializer.Deserialize<JsonElement>(message).GetProperty("entry").EnumerateArray().Where(entry => entry.TryGetProperty("resource", out _))];
    }
}
