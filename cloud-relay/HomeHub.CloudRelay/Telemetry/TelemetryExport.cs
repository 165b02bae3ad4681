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
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    /// <summary>Begins to export.</summary>
    /// <param name="endpoint">The collector, OTLP over gRPC.</param>
    public TelemetryExport(Uri endpoint)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("homehub-relay", serviceVersion: CapabilityStatement.Version);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(RelayMetrics.Name).AddOtlpExporter(Configure).Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(RelayMetrics.Name).AddOtlpExporter(Configure).Build();

        void Configure(OtlpExporterOptions options) => options.Endpoint = endpoint;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }
}
