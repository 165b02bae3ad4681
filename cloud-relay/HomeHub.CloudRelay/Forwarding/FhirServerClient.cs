using System.Net;
using System.Net.Http.Headers;

namespace HomeHub.CloudRelay.Forwarding;

/// <summary>Posts transaction Bundles to a FHIR server.</summary>
internal sealed class FhirServerClient : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;

    /// <summary>Makes a client.</summary>
    /// <param name="server">Base URL, ending in a slash.</param>
    /// <param name="token">Bearer token, if the server asks for one.</param>
    /// <param name="timeout">The longest wait for a whole answer; 60 s unless said.</param>
    public FhirServerClient(Uri server, string? token, TimeSpan? timeout = null)
    {
        _timeout = timeout ?? DefaultTimeout;
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false };
        _http = new HttpClient(handler) { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/fhir+json");
        _http.DefaultRequestHeaders.Add("Prefer", "return=minimal");
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Posts a transaction. Failures of the network are answers too.</summary>
    public async Task<ForwardAnswer> PostAsync(ReadOnlyMemory<byte> bundle, DateTimeOffset now, CancellationToken cancellation)
    {
        // The client's own limit ends with the headers; an answer that stops after them would hold up forwarding for good.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeout);
        using var content = new ReadOnlyMemoryContent(bundle);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await response.Content.CopyToAsync(Stream.Null, limit.Token);
            return new ForwardAnswer(Judge(response.StatusCode), (int)response.StatusCode, RetryAfter(response, now));
        }
        catch (HttpRequestException)
        {
            return new ForwardAnswer(ForwardVerdict.Retry, 0, null);
        }
        catch (IOException)
        {
            return new ForwardAnswer(ForwardVerdict.Retry, 0, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ForwardAnswer(ForwardVerdict.Retry, 0, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static ForwardVerdict Judge(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => ForwardVerdict.Done,
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => ForwardVerdict.Refused,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => ForwardVerdict.Retry,
        HttpStatusCode.NotImplemented => ForwardVerdict.RetryAndReport,
        >= HttpStatusCode.InternalServerError => ForwardVerdict.Retry,
        // 401, 403, 404, 405, redirections: nothing is wrong with the content, so nothing of it is given up.
        _ => ForwardVerdict.RetryAndReport,
    };

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter is not { } header ? null
        : header.Delta ?? (header.Date is { } date && date > now ? date - now : null);
}
