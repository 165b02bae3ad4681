using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Board;

/// <summary>
/// Has light and buzzer tell how the hub is, and does what the button says: <see cref="LightRule"/>, <see cref="ButtonGestures"/> and <see cref="Tune"/>, with the timers that they need. Works by
/// itself until it is disposed of, which disposes of the ports too. Safe for several threads.
/// </summary>
public sealed class BoardKeeper : IAsyncDisposable
{
    /// <summary>How often it is looked how the hub is.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>Most edges that wait to be understood; a button that chatters loses the oldest.</summary>
    public const int MaxEdges = 256;

    private readonly BoardPorts _ports;
    private readonly Func<LightInputs> _inputs;
    private readonly IBoardActs _acts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LightRule _rule = new();
    private readonly ButtonGestures _gestures = new();

    /// <summary>Null: something else is news, the light is looked after at once.</summary>
    private readonly Channel<ButtonEdge?> _edges = Channel.CreateBounded<ButtonEdge?>(new BoundedChannelOptions(MaxEdges) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _closing = new();
    private readonly BoardVoice _voice;
    private readonly Task _running, _saying;
    private Task _acting = Task.CompletedTask;
    private volatile LightState _state = new(LightPattern.Breathing, StatusWord.AllWell, []);
    private volatile bool _isActing, _isResetAsked;
    private TimeSpan _looked;

    /// <summary>Begins.</summary>
    /// <param name="ports">What sits on the box.</param>
    /// <param name="inputs">How the hub is; whether it waits for a person is known here.</param>
    /// <param name="acts">What the button has the hub do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told what was asked by the button, and what does not work.</param>
    public BoardKeeper(BoardPorts ports, Func<LightInputs> inputs, IBoardActs acts, TimeProvider time, ILogger<BoardKeeper> logger)
    {
        ArgumentNullException.ThrowIfNull(ports);
        (_ports, _inputs, _acts, _time, _logger) = (ports, inputs, acts, time, logger);
        if (ports.Button is { } button)
        {
            button.Changed += TakeEdge;
        }

        _voice = new BoardVoice(ports, time, logger);
        _saying = Task.Run(() => _voice.RunAsync(_closing.Token));
        _running = Task.Run(RunAsync);
    }

    /// <summary>What the light tells.</summary>
    public LightState State => _state;

    private TimeSpan Now => _time.GetElapsedTime(0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        if (_ports.Button is { } button)
        {
            button.Changed -= TakeEdge;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running, _saying).ConfigureAwait(false);
        await _acting.ConfigureAwait(false);
        _ports.Dispose();
        _closing.Dispose();
    }

    private void TakeEdge(ButtonEdge edge) => _edges.Writer.TryWrite(edge);

    private async Task RunAsync()
    {
        CancellationToken cancellation = _closing.Token;
        while (!cancellation.IsCancellationRequested)
        {
            Look();
            await WaitAsync(cancellation).ConfigureAwait(false);
            while (_edges.Reader.TryRead(out ButtonEdge? news))
            {
                Hear(news is { } edge ? _gestures.Take(edge) : []);
            }

            Hear(_gestures.Tick(Now));
        }
    }

    /// <summary>Until an edge comes, the button's time has come, or it is time to look.</summary>
    private async Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan now = Now, next = _looked + LookInterval;
        next = _gestures.Next is { } gesture && gesture < next ? gesture : next;
        if (next <= now)
        {
            return;
        }

        using var timer = new CancellationTokenSource(next - now, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            await _edges.Reader.WaitToReadAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is time, or the end.
        }
    }

    private void Look()
    {
        _looked = Now;
        LightState before = _state;
        try
        {
            _state = _rule.Decide(_inputs() with { WaitsForPerson = _isActing || _isResetAsked }, _looked);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever could not be asked for now: the light stays as it was, and the button works on.
            _logger.LogError("The light could not be looked after: {Error}", error.GetType().Name);
            return;
        }

        if (!_state.Reasons.SequenceEqual(before.Reasons))
        {
            _logger.LogInformation("The light says: {Pattern}; a person is needed for: {Reasons}", _state.Pattern, string.Join(", ", _state.Reasons));
        }

        _voice.Show(_state.Pattern);
    }

    private void Hear(IReadOnlyList<ButtonSign> signs)
    {
        foreach (ButtonSign sign in signs)
        {
            switch (sign)
            {
                case ButtonSign.Short:
                    Look();
                    _logger.LogInformation("Asked by the button how it is: {Word}", _state.Word);
                    _voice.Say(Tune.Of(_state.Word));
                    break;
                case ButtonSign.HeldForPairing:
                    _voice.Say(Tune.HeldForPairing);
                    break;
                case ButtonSign.HeldForReset:
                    _voice.Say(Tune.HeldForReset);
                    break;
                case ButtonSign.Pairing:
                    Act(_acts.PairAsync);
                    break;
                case ButtonSign.ResetAsked:
                    _isResetAsked = true;
                    _logger.LogInformation("A network reset was asked for by the button; it waits for one more press");
                    break;
                case ButtonSign.ResetLapsed:
                    _isResetAsked = false;
                    _logger.LogInformation("The network reset was not confirmed: nothing was changed");
                    break;
                case ButtonSign.ResetConfirmed:
                    _isResetAsked = false;
                    Act(_acts.ResetNetworkAsync);
                    break;
                default:
                    break;
            }
        }

        if (signs.Count > 0)
        {
            Look();
        }
    }

    /// <summary>One at a time: what is asked for meanwhile is refused.</summary>
    private void Act(Func<CancellationToken, Task<bool>> act)
    {
        if (_isActing)
        {
            _logger.LogInformation("The button asks for something while what it asked for before is under way: that is not done");
            _voice.Say(Tune.NeedsPerson);
            return;
        }

        _isActing = true;
        _acting = Task.Run(() => ActAsync(act));
    }

    private async Task ActAsync(Func<CancellationToken, Task<bool>> act)
    {
        bool isDone = false;
        try
        {
            isDone = await act(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever it is, the person hears that it was not done.
            _logger.LogError("What the button asked for failed: {Error}", error.GetType().Name);
        }

        _isActing = false;
        _edges.Writer.TryWrite(null);
        _voice.Say(isDone ? Tune.AllWell : Tune.NeedsPerson);
    }
}
