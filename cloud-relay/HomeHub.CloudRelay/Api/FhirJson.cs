using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HomeHub.CloudRelay.Api;

/// <summary>Writes FHIR JSON as an HTTP response.</summary>
internal static class FhirJson
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/fhir+json; charset=utf-8";

    // Plain plus signs and angle brackets: the response is JSON by its media type and never part of a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends what <paramref name="write"/> writes.</summary>
    public static Task SendAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            write(json);
        }

        return SendAsync(context, status, body.WrittenMemory);
    }

    /// <summary>Sends JSON.</summary>
    public static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>Sends an OperationOutcome.</summary>
    public static Task SendAsync(HttpContext context, FhirProblem problem) => SendAsync(context, problem.Status, json =>
    {
        json.WriteStartObject();
        json.WriteString("resourceType"u8, "OperationOutcome"u8);
        json.WriteStartArray("issue"u8);
        json.WriteStartObject();
        json.WriteString("severity"u8, "error"u8);
        json.WriteString("code"u8, problem.Code);
        json.WriteString("diagnostics"u8, problem.Diagnostics);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
