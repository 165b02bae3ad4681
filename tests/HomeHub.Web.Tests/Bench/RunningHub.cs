using HomeHub.Core.Acquisition;
using HomeHub.Core.Consent;
using HomeHub.Core.Sessions;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Web.Tests.Bench;

/// <summary>
/// What a hub does beside its pages: takes readings from the devices that are set up, on the same radio, into the same buffer, and goes by what people decide. By the
/// system's clock.
/// </summary>
internal sealed class RunningHub : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly HubMetrics _metrics = new();
    private readonly Task[] _running;

    public RunningHub(PagesBench bench)
    {
        var source = new PeripheralSource(bench.Radio!, bench.Devices, new PeripheralSourceOptions(), bench.Clock, _metrics, NullLogger<PeripheralSource>.Instance);
        var pipeline = new IngestPipeline(bench.Buffer, bench.Rules(), HubZone.OfReception, bench.Clock, _metrics, NullLogger<IngestPipeline>.Instance);
        var keeper = new ConsentKeeper(bench.Consents, bench.Buffer, bench.Recipients, bench.Clock, NullLogger<ConsentKeeper>.Instance);
        keeper.Look();
        _running = [Task.Run(() => pipeline.RunAsync(source, _ending.Token)), Task.Run(() => keeper.RunAsync(_ending.Token))];
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (Task running in _running)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        _ending.Dispose();
        _metrics.Dispose();
    }
}
