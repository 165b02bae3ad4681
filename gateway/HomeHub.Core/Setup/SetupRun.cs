using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>One device that is being set up, and the person's answers on the way. Safe for several threads.</summary>
/// <param name="time">The clock.</param>
internal sealed class SetupRun(TimeProvider time) : IPairingPrompt, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _giveUp = new();
    private SetupState _state = new(SetupStage.Listening);
    private TaskCompletionSource<uint?>? _asked;
    private long _endedAt;

    /// <summary>Where it stands.</summary>
    public SetupState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Cancelled when a person gives it up.</summary>
    public CancellationToken GivenUp => _giveUp.Token;

    /// <summary>How long ago it ended; zero while it goes on.</summary>
    public TimeSpan OverFor
    {
        get
        {
            lock (_lock)
            {
                return _state.IsOver ? time.GetElapsedTime(_endedAt) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Goes on to a stage.</summary>
    public void Enter(SetupState state)
    {
        lock (_lock)
        {
            (_state, _endedAt, _asked) = (state, time.GetTimestamp(), null);
        }
    }

    /// <summary>A person's answer: a passkey, or for a comparison 1; null: no. False when nothing was asked.</summary>
    public bool Answer(SetupStage asked, uint? answer)
    {
        lock (_lock)
        {
            if (_state.Stage != asked || _asked is not { } waiting)
            {
                return false;
            }

            (_state, _asked) = (new SetupState(SetupStage.Pairing), null);
            return waiting.TrySetResult(answer);
        }
    }

    /// <summary>A person gives it up.</summary>
    public void GiveUp() => _giveUp.Cancel();

    /// <summary>Whoever pressed the button to pair has said yes; there is no number to compare.</summary>
    public Task<bool> ConfirmAsync(string address, CancellationToken cancellation) => Task.FromResult(true);

    public Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation) => AskAsync(new SetupState(SetupStage.PasskeyAsked), cancellation);

    public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation)
    {
        Enter(new SetupState(SetupStage.PasskeyShown) { Passkey = passkey });
        return Task.CompletedTask;
    }

    public async Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) =>
        await AskAsync(new SetupState(SetupStage.ComparisonAsked) { Passkey = passkey }, cancellation).ConfigureAwait(false) is not null;

    public void Dispose() => _giveUp.Dispose();

    private Task<uint?> AskAsync(SetupState state, CancellationToken cancellation)
    {
        var asked = new TaskCompletionSource<uint?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            (_state, _asked) = (state, asked);
        }

        return asked.Task.WaitAsync(cancellation);
    }
}
