using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Liveness;
using HomeHub.Core.Telemetry;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Consent;
using HomeHub.Testing.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Delivery;

public sealed class DeliveryFaultTests
{
    [Fact]
    public async Task A_fault_of_the_program_while_publishing_ends_the_loop_and_is_told()
    {
        await using var buffer = new InMemoryReadingBuffer();
        await using var uplink = new UplinkDouble { Fault = new InvalidOperationException("a bug") };
        using var metrics = new HubMetrics();
        using var stop = new CancellationTokenSource(Eventually.Deadline);
        var driver = new DeliveryDriver(
            Recipient.CareTeam,
            new DeliveryOptions { MaxReadings = 1 },
            buffer,
            new EncoderDouble(),
            uplink,
            SampleConsents.Book(),
            TimeProvider.System,
            metrics,
            NullLogger<DeliveryDriver>.Instance,
            new DiskWait(TimeProvider.System, NullLogger.Instance));
        await buffer.AppendAsync(SampleReadings.Many(1, 1), stop.Token);
        InvalidOperationException fault = await Assert.ThrowsAsync<InvalidOperationException>(() => driver.RunAsync(stop.Token));
        Assert.Same(uplink.Fault, fault);
    }
}
