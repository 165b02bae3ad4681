using HomeHub.Core.Board;
using HomeHub.Testing;
using HomeHub.Testing.Board;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Core.Tests.Board;

/// <summary>Light, buzzer and button together, on a clock that a test moves.</summary>
public sealed class BoardKeeperTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly InMemoryLight _light = new();
    private readonly InMemoryButton _button = new();
    private readonly InMemoryBuzzer _buzzer;
    private readonly Acts _acts = new();
    private readonly BoardKeeper _keeper;
    private LightInputs _inputs = new();
    private volatile bool _isUnknown;

    public BoardKeeperTests()
    {
        _buzzer = new InMemoryBuzzer(_time);
        _keeper = new BoardKeeper(new BoardPorts(_light, _buzzer, _button), () => _isUnknown ? throw new InvalidOperationException("nobody can tell") : _inputs, _acts, _time, NullLogger<BoardKeeper>.Instance);
    }

    public Task InitializeAsync() => ShowsAsync(LightPattern.Breathing);

    public async Task DisposeAsync() => await _keeper.DisposeAsync();

    public void Dispose()
    {
        _light.Dispose();
        _buzzer.Dispose();
        _button.Dispose();
    }

    [Fact]
    public async Task The_light_follows_how_the_hub_is_and_is_dark_at_the_end()
    {
        _inputs = _inputs with { IsStorageFull = true };
        await ShowsAsync(LightPattern.Solid);
        _inputs = new LightInputs();
        await ShowsAsync(LightPattern.Breathing);
        await _keeper.DisposeAsync();
        Assert.Equal(LightPattern.Off, _light.Now);
    }

    [Theory]
    [InlineData(true, false, 1_200)]
    [InlineData(false, false, 250, 250)]
    [InlineData(false, true, 250, 250, 250)]
    public async Task A_short_press_says_how_it_is_by_sound_and_light(bool isReached, bool isFull, params int[] tones)
    {
        _inputs = new LightInputs { IsBrokerReached = isReached, IsStorageFull = isFull };
        await PressAsync(TimeSpan.FromMilliseconds(200));
        await SaysAsync(tones);
        await ShowsAsync(isFull ? LightPattern.Solid : LightPattern.Breathing);
        // A flash for each tone, dark before and between; afterwards what it showed before.
        Assert.Equal(tones.Length + (isFull ? 1 : 0), _light.Shown.Zip(_light.Shown.Skip(1)).Count(pair => pair is (LightPattern.Off, LightPattern.Solid)));
        Assert.Equal(0, _acts.Pairings + _acts.Resets);
    }

    [Fact]
    public async Task Three_seconds_open_the_pairing_window_while_which_the_light_is_fast()
    {
        Task pressing = PressAsync(TimeSpan.FromSeconds(3.5));
        await pressing;
        await ShowsAsync(LightPattern.Fast);
        Assert.Equal((1, 0), (_acts.Pairings, _acts.Resets));
        await PressAsync(TimeSpan.FromSeconds(3.5));
        await SaysAsync(100, 100, 250, 250, 250);
        Assert.Equal(1, _acts.Pairings);
        _acts.Answer.SetResult(true);
        await SaysAsync(100, 100, 250, 250, 250, 1_200);
        await ShowsAsync(LightPattern.Breathing);
    }

    [Fact]
    public async Task The_button_works_on_while_nobody_can_tell_how_the_hub_is()
    {
        _isUnknown = true;
        await PressAsync(TimeSpan.FromSeconds(3.5));
        await Eventually.HoldsAsync(() => _acts.Pairings == 1, "the pairing window is open");
        _acts.Answer.SetResult(true);
        await SaysAsync(100, 1_200);
        _isUnknown = false;
        await ShowsAsync(LightPattern.Breathing);
    }

    [Fact]
    public async Task Networks_are_forgotten_after_ten_seconds_and_one_press_more()
    {
        await PressAsync(TimeSpan.FromSeconds(11));
        await ShowsAsync(LightPattern.Fast);
        Assert.Equal(0, _acts.Resets);
        Pass(TimeSpan.FromSeconds(2));
        await PressAsync(TimeSpan.FromMilliseconds(200));
        await Eventually.HoldsAsync(() => _acts.Resets == 1, "the networks are forgotten");
        _acts.Answer.SetResult(false);
        await SaysAsync(100, 100, 100, 250, 250, 250);
        await ShowsAsync(LightPattern.Breathing);
        Assert.Equal(0, _acts.Pairings);
    }

    [Fact]
    public async Task What_is_not_confirmed_did_not_happen()
    {
        await PressAsync(TimeSpan.FromSeconds(11));
        await ShowsAsync(LightPattern.Fast);
        await PassesUntilAsync(() => _light.Now == LightPattern.Breathing, "the light is as before");
        Assert.Equal(0, _acts.Resets + _acts.Pairings);
        await SaysAsync(100, 100, 100);
    }

    [Fact]
    public async Task An_act_that_fails_is_heard_and_the_next_one_is_done()
    {
        _acts.Answer.SetException(new InvalidOperationException());
        await PressAsync(TimeSpan.FromSeconds(4));
        await SaysAsync(100, 250, 250, 250);
        await ShowsAsync(LightPattern.Breathing);
        await PressAsync(TimeSpan.FromSeconds(4));
        await Eventually.HoldsAsync(() => _acts.Pairings == 2, "asked again");
    }

    [Fact]
    public async Task A_light_that_does_not_work_keeps_nothing_else_from_working()
    {
        _light.Works = false;
        await PressAsync(TimeSpan.FromMilliseconds(200));
        await SaysAsync(1_200);
    }

    private async Task PressAsync(TimeSpan length)
    {
        _button.Move(true, _time.GetElapsedTime(0));
        await PassAsync(length);
        _button.Move(false, _time.GetElapsedTime(0));
        await PassAsync(TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Time goes on in small steps, with room for others to work between them.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(50))
        {
            Pass(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
    }

    private void Pass(TimeSpan time) => _time.Advance(time);

    private Task ShowsAsync(LightPattern pattern) => PassesUntilAsync(() => _light.Now == pattern, $"the light is {pattern}");

    private Task SaysAsync(params int[] tones) =>
        PassesUntilAsync(() => _buzzer.Tones.Select(tone => (int)tone.TotalMilliseconds).SequenceEqual(tones) && !_buzzer.IsOn, () => $"tones: {string.Join(' ', _buzzer.Tones)}");

    private Task PassesUntilAsync(Func<bool> holds, string what) => PassesUntilAsync(holds, () => what);

    private Task PassesUntilAsync(Func<bool> holds, Func<string> what) => Eventually.HoldsAsync(
        () =>
        {
            if (holds())
            {
                return Task.FromResult(true);
            }

            Pass(TimeSpan.FromMilliseconds(50));
            return Task.FromResult(holds());
        },
        what,
        Eventually.Deadline,
        TimeSpan.FromMilliseconds(2));

    private sealed class Acts : IBoardActs
    {
        public TaskCompletionSource<bool> Answer { get; } = new();

        public int Pairings { get; private set; }

        public int Resets { get; private set; }

        public Task<bool> PairAsync(CancellationToken cancellation)
        {
            Pairings++;
            return Answer.Task.WaitAsync(cancellation);
        }

        public Task<bool> ResetNetworkAsync(CancellationToken cancellation)
        {
            Resets++;
            return Answer.Task.WaitAsync(cancellation);
        }
    }
}
