using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Telemetry;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Gateway.Service;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class HubRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-runner-").FullName;
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly UplinkDouble _uplink = new();
    private readonly HubMetrics _metrics = new();
    private readonly StringWriter _log = new();
    private readonly LineLoggerFactory _loggers;
    private readonly HubParts _parts;

    public HubRunnerTests()
    {
        _loggers = new LineLoggerFactory(_log, LogLevel.Information, asJson: false, _time);
        _parts = new HubParts(
            _folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), _uplink, SampleConsents.Book(), new InMemoryAuditLog(), () => null, _loggers, _time, new ClockDouble())
        {
            Service = HubService.Unwatched(_time),
        };
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _loggers.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_hub_however_long_another_goes_on()
    {
        using var stop = new CancellationTokenSource(Eventually.Deadline);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new HubRunner(_parts, _metrics).RunAsync([new Endless(), new Failing()], exitWhenDrained: false, stop.Token));
        Assert.Equal("it broke", error.Message);
        Assert.False(stop.IsCancellationRequested);
    }

    [Fact]
    public void One_that_is_made_and_never_run_stalls_nothing()
    {
        _ = new HubRunner(_parts, _metrics);
        Assert.NotEmpty(_parts.Service.Liveness.Look());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain(_parts.Service.Liveness.Look(), loop => loop.HasStalled);
    }

    private sealed class Endless : IPayloadSource
    {
        public string Name => "endless";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            yield break;
        }
    }

    private sealed class Failing : IPayloadSource
    {
        public string Name => "failing";

        public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            if (Name.Length > 0)
            {
                throw new InvalidOperationException("it broke");
            }

            yield break;
        }
    }
}
