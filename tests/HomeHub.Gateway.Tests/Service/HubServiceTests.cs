using HomeHub.Core.Liveness;
using HomeHub.Gateway.Service;
using HomeHub.Testing;
using HomeHub.Testing.Programs;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HomeHub.Gateway.Tests.Service;

public sealed class HubServiceTests : IAsyncDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30), Meal = Watchdog / 3, Limit = TimeSpan.FromMinutes(2);

    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly ServiceManagerDouble _listener = new();
    private readonly ServiceManager _manager;
    private readonly HubService _service;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly LoopPulse _buffer;
    private long _octets;

    public HubServiceTests()
    {
        _manager = ServiceManager.Find(name => name switch { "NOTIFY_SOCKET" => _listener.Address, "WATCHDOG_USEC" => "30000000", _ => null });
        _service = new HubService(_manager, _time, NullLogger.Instance, () => _octets);
        _buffer = _service.Liveness.Add("buffer", Limit);
        _service.TellReady();
        _running = _service.RunAsync(_stop.Token);
    }

    private int Meals => _listener.Told.Count(word => word == "WATCHDOG=1");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _manager.Dispose();
        _listener.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_watchdog_is_fed_three_times_in_its_time_while_all_loops_go_on()
    {
        await MealsAsync(1);
        for (int i = 0; i < 20; i++)
        {
            await TurnAsync();
            _buffer.Beat();
        }

        await MealsAsync(21);
        Assert.Equal(["READY=1", "STATUS=All loops go on"], _listener.Told.Where(word => word != "WATCHDOG=1"));
    }

    [Fact]
    public async Task It_is_fed_no_more_once_a_loop_has_stalled_and_again_when_that_goes_on()
    {
        await MealsAsync(1);
        for (int i = 0; i < 12; i++)
        {
            await TurnAsync();
        }

        await MealsAsync(13);
        await TurnAsync();
        await TurnAsync();
        await Eventually.HoldsAsync(() => _listener.Told.Contains("STATUS=Stalled: buffer"), "the stall is told");
        Assert.Equal(13, Meals);
        _buffer.Beat();
        await TurnAsync();
        await MealsAsync(14);
        await Eventually.HoldsAsync(() => _listener.Told.Last() == "STATUS=All loops go on", "it is told that all goes on");
    }

    [Fact]
    public async Task A_loop_that_says_why_it_cant_do_its_work_is_told_of_and_the_watchdog_fed()
    {
        await MealsAsync(1);
        for (int i = 0; i < 20; i++)
        {
            _buffer.Excuse("The disk\nis full.");
            await TurnAsync();
        }

        await MealsAsync(21);
        Assert.Contains("STATUS=buffer: The disk is full.", _listener.Told);
    }

    [Fact]
    public async Task Ready_and_the_end_are_told()
    {
        _service.TellReady();
        _service.TellStopping();
        await Eventually.HoldsAsync(() => _listener.Told.Contains("STOPPING=1"), "the end is told");
        Assert.Contains("READY=1", _listener.Told);
    }

    [Fact]
    public async Task In_a_later_round_opening_has_to_go_on_too()
    {
        using IDisposable opening = _service.BeginOpening();
        await MealsAsync(1);
        for (int i = 0; i < 30; i++)
        {
            _octets += Opening.ProgressOctets;
            _buffer.Beat();
            await TurnAsync();
        }

        await MealsAsync(31);
        Assert.Contains("STATUS=Opening what it keeps", _listener.Told);
        Assert.DoesNotContain(_listener.Told, word => word.StartsWith("EXTEND", StringComparison.Ordinal));
        for (int i = 0; i < 13; i++)
        {
            _buffer.Beat();
            await TurnAsync();
        }

        await Eventually.HoldsAsync(() => _listener.Told.Contains("STATUS=Stalled: opening"), "the stall is told");
        _service.TellReady();
        await TurnAsync();
        await Eventually.HoldsAsync(() => _listener.Told.Last() == "STATUS=All loops go on", "it is ready");
    }

    /// <summary>One third of the watchdog's time goes by, once the service waits for it.</summary>
    private async Task TurnAsync()
    {
        await Eventually.HoldsAsync(() => _time.UntilNext is { } next && next > TimeSpan.Zero, "the service waits");
        _time.Advance(Meal);
        await Eventually.HoldsAsync(() => _time.UntilNext == Meal, "the service waits again");
    }

    private Task MealsAsync(int meals) => Eventually.HoldsAsync(() => Meals >= meals, $"there were {meals} meals");
}
