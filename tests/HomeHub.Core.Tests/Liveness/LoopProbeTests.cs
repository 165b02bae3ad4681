using System.Reflection;
using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using HomeHub.Testing.Delivery;
using HomeHub.Testing.Time;
using Xunit;

namespace HomeHub.Core.Tests.Liveness;

public class LoopProbeTests
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly LoopPulse _pulse;

    public LoopProbeTests() => _pulse = new HubLiveness(_time).Add("part", LoopProbe.Limit);

    [Fact]
    public async Task Each_answer_is_a_beat_and_a_reason_is_an_excuse()
    {
        string? answer = null;
        int asked = 0;
        using var stop = new CancellationTokenSource();
        Task running = new LoopProbe(_pulse, _ => Ask(), _time).RunAsync(stop.Token);
        Assert.Equal((1, TimeSpan.Zero, null), (asked, _pulse.Look().Silent, _pulse.Look().Excuse));
        answer = "it is away";
        await NextAsync();
        Assert.Equal((2, "it is away"), (asked, _pulse.Look().Excuse));
        answer = null;
        await NextAsync();
        Assert.Equal((3, null), (asked, _pulse.Look().Excuse));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Task<string?> Ask()
        {
            asked++;
            return Task.FromResult(answer);
        }

        async Task NextAsync()
        {
            int before = asked;
            await Eventually.HoldsAsync(() => _time.UntilNext is not null, "the probe waits for its next question");
            _time.Advance(LoopProbe.Interval);
            await Eventually.HoldsAsync(() => asked == before + 1, "the probe asked again");
        }
    }

    [Fact]
    public void A_part_that_does_not_answer_stalls()
    {
        using var stop = new CancellationTokenSource();
        Task running = new LoopProbe(_pulse, cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ContinueWith(_ => (string?)null, TaskScheduler.Default), _time).RunAsync(stop.Token);
        _time.Advance(LoopProbe.Limit + TimeSpan.FromSeconds(1));
        Assert.True(_pulse.Look().HasStalled);
        Assert.False(running.IsCompleted);
        stop.Cancel();
    }

    [Fact]
    public async Task A_radio_that_is_not_ready_says_why()
    {
        await using var radio = new SimulatedCentral(TimeProvider.System);
        Func<CancellationToken, Task<string?>> probe = LoopProbe.Of(radio);
        Assert.Null(await probe(default));
        radio.ChangeState(new CentralState(CentralCondition.NoService, "The Bluetooth service does not run."));
        Assert.Contains("The Bluetooth service does not run.", await probe(default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_uplink_that_is_not_connected_says_why()
    {
        await using var uplink = new UplinkDouble();
        string? why = null;
        Func<CancellationToken, Task<string?>> probe = LoopProbe.Of(uplink, () => why);
        Assert.Null(await probe(default));
        uplink.Disconnect();
        Assert.Equal("The broker is being looked for.", await probe(default));
        why = "The broker's name is not known.";
        Assert.Equal("The broker's name is not known.", await probe(default));
    }

    [Fact]
    public async Task An_uplink_that_is_not_connected_has_to_answer_too()
    {
        await using var uplink = new UplinkDouble { Probe = new TaskCompletionSource() };
        uplink.Disconnect();
        Task<string?> asked = LoopProbe.Of(uplink, () => "away")(default);
        Assert.False(asked.IsCompleted);
        uplink.Probe.SetResult();
        Assert.Equal("away", await asked);
    }

    [Fact]
    public async Task A_buffer_that_fails_says_why()
    {
        await using var buffer = new InMemoryReadingBuffer();
        Assert.Null(await LoopProbe.Of(buffer)(default));
        Assert.Equal("no room", await LoopProbe.Of(DispatchProxy.Create<IReadingBuffer, FailingBuffer>())(default));
    }

    /// <summary>A buffer on a disk without room for its own books.</summary>
    public class FailingBuffer : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new BufferException(BufferFault.DiskFull, "no room");
    }
}
