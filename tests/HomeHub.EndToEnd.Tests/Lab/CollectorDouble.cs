using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using HomeHub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace HomeHub.EndToEnd.Tests.Lab;

/// <summary>A double of an OpenTelemetry collector: takes OTLP over HTTP, or over gRPC on the port that is gRPC's, and keeps what came.</summary>
public sealed class CollectorDouble : IAsyncDisposable
{
    private const int GrpcPort = 4317;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _exports = new();

    private CollectorDouble(IPAddress address, int port, bool isGrpc)
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            address, port, listen => listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(isGrpc ? TakeCallAsync : TakePostAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Starts one. Every one over gRPC has a loopback address of its own, for the port is given.</summary>
    public static async Task<CollectorDouble> StartAsync(bool isGrpc)
    {
        var collector = isGrpc
            ? new CollectorDouble(new IPAddress([127, 81, (byte)Random.Shared.Next(256), (byte)Random.Shared.Next(1, 255)]), GrpcPort, true)
            : new CollectorDouble(IPAddress.Loopback, FreePort.Take(), false);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came for a signal, one after the other; names and texts stand in protobuf as they are.</summary>
    /// <param name="signal"><c>metrics</c> or <c>traces</c>.</param>
    public string Received(string signal) => string.Concat(_exports
        .Where(export => export.Path == $"/v1/{signal}" || export.Path == GrpcPath(signal))
        .Select(export => export.Body));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string GrpcPath(string signal) => signal == "metrics"
        ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"
        : "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _exports.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
    }

    private async Task TakePostAsync(HttpContext context)
    {
        await KeepAsync(context);
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeCallAsync(HttpContext context)
    {
        await KeepAsync(context);
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        // An empty message: not compressed, no octets.
        await context.Response.Body.WriteAsync(new byte[5]);
    }
}
