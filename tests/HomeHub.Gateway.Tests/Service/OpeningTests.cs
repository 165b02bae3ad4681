using HomeHub.Core.Liveness;
using HomeHub.Gateway.Service;
using HomeHub.Testing;
using HomeHub.Testing.Programs;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HomeHub.Gateway.Tests.Service;

/// <summary>A start that takes long: more time is asked for while it goes on, and no longer.</summary>
public sealed class OpeningTests : IDisposable
{
    private const string More = "EXTEND_TIMEOUT_USEC=60000000";

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly ServiceManagerDouble _listener = new();
    private long? _octets = 0;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task More_time_is_asked_for_until_it_is_ready()
    {
        using var manager = ServiceManager.Find(name => name switch { "NOTIFY_SOCKET" => _listener.Address, "WATCHDOG_USEC" => "60000000", _ => null });
        var service = new HubService(manager, _time, NullLogger.Instance, () => _octets);
        using var stop = new CancellationTokenSource();
        using IDisposable opening = service.BeginOpening();
        Task running = service.RunAsync(stop.Token);
        for (int i = 0; i < 100; i++)
        {
            await TurnAsync();
            _octets += Opening.ProgressOctets;
        }

        await Eventually.HoldsAsync(() => Asked == 101, "more time was asked for every 20 s");

        // Nothing is read or written any more but what looks at that.
        for (int i = 0; i < 20; i++)
        {
            await TurnAsync();
            _octets += 300;
        }

        await Eventually.HoldsAsync(() => _listener.Told.Last() == "STATUS=Stalled: opening", "the hang is told");
        Assert.InRange(Asked, 101 + 6, 101 + 7);
        int before = Asked;
        service.TellReady();
        await TurnAsync();
        await Eventually.HoldsAsync(() => _listener.Told.Last() == "STATUS=All loops go on", "it is ready");
        Assert.Equal(before, Asked);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public void It_does_not_go_on_for_ever()
    {
        var liveness = new HubLiveness(_time);
        using Opening opening = Opening.Begin(liveness, () => _octets, _time);
        for (TimeSpan passed = TimeSpan.Zero; passed < Opening.WorkLimit; passed += TimeSpan.FromMinutes(1))
        {
            Assert.False(Assert.Single(liveness.Look()).HasStalled);
            _time.Advance(TimeSpan.FromMinutes(1));
            _octets += Opening.ProgressOctets;
            opening.Look();
        }

        _time.Advance(Opening.Limit);
        opening.Look();
        Assert.True(Assert.Single(liveness.Look()).HasStalled);
    }

    [Fact]
    public void Where_progress_can_not_be_told_it_has_the_time_that_a_manager_gives()
    {
        _octets = null;
        var liveness = new HubLiveness(_time);
        using Opening opening = Opening.Begin(liveness, () => _octets, _time);
        opening.Look();
        Assert.Equal(Opening.BlindLimit, Assert.Single(liveness.Look()).Limit);
    }

    [Fact]
    public async Task What_a_process_reads_and_writes_is_told()
    {
        string file = Path.GetTempFileName();
        try
        {
            long before = Assert.NotNull(ProcessOctets.Read());
            await File.WriteAllBytesAsync(file, new byte[1_000_000]);
            await File.ReadAllBytesAsync(file);
            Assert.InRange(ProcessOctets.Read()!.Value - before, 2_000_000, long.MaxValue);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private int Asked => _listener.Told.Count(word => word == More);

    private async Task TurnAsync()
    {
        await Eventually.HoldsAsync(() => _time.UntilNext is { } next && next > TimeSpan.Zero, "the service waits");
        _time.Advance(TimeSpan.FromSeconds(20));
    }
}
