using System.Runtime.CompilerServices;
using HomeHub.Core.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HomeHub.Gateway.Telemetry;

/// <summary>Metrics and traces over OTLP. Only touched when an endpoint is configured, so that a hub without one loads nothing of it.</summary>
internal sealed class OtlpTelemetry : IDisposable
{
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private OtlpTelemetry(Uri endpoint, string softwareVersion, Guid hub)
    {
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddService("homehub", serviceVersion: softwareVersion, serviceInstanceId: hub.ToString("D"));
        // 4317 is the port of OTLP over gRPC, all others speak HTTP: the OpenTelemetry specification's own defaults.
        bool isGrpc = endpoint.Port == 4317;
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(HubMetrics.Name)
            .AddOtlpExporter(options => Set(options, endpoint, isGrpc, "v1/metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(HubMetrics.Name)
            .AddOtlpExporter(options => Set(options, endpoint, isGrpc, "v1/traces"))
            .Build();
    }

    /// <summary>Starts exporting.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable Start(Uri endpoint, string softwareVersion, Guid hub) => new OtlpTelemetry(endpoint, softwareVersion, hub);

    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint, bool isGrpc, string path)
    {
        options.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = isGrpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
