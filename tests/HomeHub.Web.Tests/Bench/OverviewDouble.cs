using HomeHub.Core.Buffering;
using HomeHub.Core.Overview;

namespace HomeHub.Web.Tests.Bench;

/// <summary>Tells what a test says.</summary>
internal sealed class OverviewDouble(DateTimeOffset now) : IHubOverview
{
    public HubOverview Now { get; set; } = new()
    {
        At = now, Software = "0.1.0", Since = now.AddDays(-2), IsConnected = true, BrokerSince = now.AddHours(-5),
        Counts = new BufferCounts { Receipted = 12, LastReceiptAt = now.AddMinutes(-7) }, Devices = [], FreeBytes = 5L << 30,
    };

    public Exception? Fault { get; set; }

    /// <summary>Ends when whoever asked last goes away.</summary>
    public CancellationToken Asked { get; private set; }

    public Task<HubOverview> ReadAsync(CancellationToken cancellation)
    {
        Asked = cancellation;
        return Fault is { } fault ? Task.FromException<HubOverview>(fault) : Task.FromResult(Now);
    }
}
