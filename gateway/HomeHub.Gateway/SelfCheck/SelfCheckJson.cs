using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Naming;
using HomeHub.Core.SelfCheck;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>A report as JSON, in <c>homehub status --json</c> and <c>homehub check --json</c>: keys are only ever added.</summary>
internal static class SelfCheckJson
{
    public static void Write(Utf8JsonWriter json, SelfCheckReport report)
    {
        json.WriteStartObject();
        json.WriteString("at", Instant(report.At));
        json.WriteString("outcome", KebabName.Of(report.Worst));
        json.WriteStartArray("checks");
        foreach (CheckResult result in report.Results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Name);
            json.WriteString("outcome", KebabName.Of(result.Finding.Outcome));
            json.WriteString("reason", result.Finding.Reason is { } reason ? KebabName.Of(reason) : null);
            json.WriteString("since", Instant(result.Since));
            json.WriteString("detail", result.Finding.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);
}
