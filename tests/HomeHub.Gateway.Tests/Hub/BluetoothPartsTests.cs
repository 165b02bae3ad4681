using HomeHub.Core.Telemetry;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Service;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class BluetoothPartsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-radio-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_an_adapter_or_a_device_that_advertises_nothing_stalls()
    {
        var time = new ManualTime(SampleReadings.Start);
        var parts = new HubParts(
            _folder, new HubConfiguration(), new InMemoryReadingBuffer(), new EncoderDouble(), new UplinkDouble(), SampleConsents.Book(), new InMemoryAuditLog(), () => null, NullLoggerFactory.Instance, time,
            new ClockDouble())
        {
            Service = HubService.Unwatched(time),
        };
        using var metrics = new HubMetrics();
        await using BluetoothParts radio = await BluetoothParts.OpenAsync(parts, metrics, default);
        Assert.Equal(["devices", "holding"], parts.Service.Liveness.Look().Select(loop => loop.Name));
        time.Advance(TimeSpan.FromDays(1));
        Assert.DoesNotContain(parts.Service.Liveness.Look(), loop => loop.HasStalled);
    }
}
