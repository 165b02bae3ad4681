using System.CommandLine;

namespace HomeHub.CloudRelay.Commands;

/// <summary>Asks a running relay whether it is ready, for health checks in images that have no other HTTP client.</summary>
internal static class HealthCommand
{
    private const string Help = """
        Asks a running relay whether it can take Bundles.

        Example:
          homehub-relay health --url http://127.0.0.1:8090

        Exit status: 0 ready, 1 not ready or not reached, 2 wrong usage.
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="error">Where the reason goes when there is no answer.</param>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var url = new Option<string>("--url") { Description = "Where its API listens.", DefaultValueFactory = _ => "http://127.0.0.1:8090" };
        var command = new Command("health", Help) { url };
        command.SetAction((result, cancellation) => AskAsync(result.GetValue(url)!, output, error, cancellation));
        return command;
    }

    private static async Task<int> AskAsync(string text, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await error.WriteLineAsync("homehub-relay: url: Not an http or https URL.");
            return 2;
        }

        using var handler = new HttpClientHandler();
        if (url.IsLoopback)
        {
            // A certificate names the machine, not 127.0.0.1; nothing secret is asked or told here.
            handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator;
        }

        using var client = new HttpClient(handler) { Timeout = Limit };
        try
        {
            using var answer = await client.GetAsync(new Uri(url, "/health/ready"), cancellation);
            await output.WriteLineAsync(answer.IsSuccessStatusCode ? "ready" : $"not ready ({(int)answer.StatusCode})");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await error.WriteLineAsync($"homehub-relay: not reached: {e.Message}");
            return 1;
        }
    }
}
