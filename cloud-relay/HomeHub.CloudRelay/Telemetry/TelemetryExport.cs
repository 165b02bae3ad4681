using HomeHub.CloudRelay.Api;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HomeHub.CloudRelay.Telemetry;

/// <summary>Sends metrics and traces by OTLP. It exists only where an endpoint is configured.</summary>
internal sealed class TelemetryExport : IDisposable
{
    private const int GrpcPort = 4317;

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    /// <summary>Begins to export.</summary>
    /// <param name="endpoint">
    /// The collector. Port 4317 speaks gRPC, every other HTTP with protobuf, as the OpenTelemetry specification has its ports and as the hub does.
    /// </param>
    public TelemetryExport(Uri endpoint)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("homehub-relay", serviceVersion: CapabilityStatement.Version);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(RelayMetrics.Name)
            .AddOtlpExporter(options => Set(options, endpoint, "v1/metrics")).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(RelayMetrics.Name)
            .AddOtlpExporter(options => Set(options, endpoint, "v1/traces")).Build();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static void Set(OtlpExporterOptions options, Uri endpoint, string path)
    {
        var isGrpc = endpoint.Port == GrpcPort;
        options.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = isGrpc ? endpoint : new Uri(endpoint.AbsoluteUri.TrimEnd('/') + "/" + path);
    }
}
