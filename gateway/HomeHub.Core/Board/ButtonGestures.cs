namespace HomeHub.Core.Board;

/// <summary>
/// From edges to what the person means. A change counts once it has lasted <see cref="Settle"/>, so that contacts that bounce, in the middle of a long hold too, are no presses. What takes networks
/// away needs a second, short press. Not for several threads. Times are monotonic.
/// </summary>
public sealed class ButtonGestures
{
    /// <summary>How long a change has to last.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

    /// <summary>Held so long: the pairing window.</summary>
    public static readonly TimeSpan PairingHold = TimeSpan.FromSeconds(3);

    /// <summary>Held so long: the network reset, which is asked for confirmation.</summary>
    public static readonly TimeSpan ResetHold = TimeSpan.FromSeconds(10);

    /// <summary>Held so long: nothing; nobody holds a button for that long on purpose.</summary>
    public static readonly TimeSpan TooLong = TimeSpan.FromSeconds(20);

    /// <summary>How long the confirmation is waited for.</summary>
    public static readonly TimeSpan ConfirmTime = TimeSpan.FromSeconds(15);

    /// <summary>A press that begins sooner after the long hold is a trembling hand, and confirms nothing.</summary>
    public static readonly TimeSpan ConfirmAfter = TimeSpan.FromMilliseconds(500);

    private static readonly (TimeSpan After, ButtonSign Sign)[] Marks =
        [(PairingHold, ButtonSign.HeldForPairing), (ResetHold, ButtonSign.HeldForReset), (TooLong, ButtonSign.HeldTooLong)];

    private bool _isPressed;
    private (bool IsPressed, TimeSpan Since)? _pending;
    private Role _role;
    private TimeSpan _pressedAt, _askedAt;
    private int _marksTold;
    private bool _isAsked;

    private enum Role
    {
        Fresh,
        Confirming,
        Ignored,
    }

    /// <summary>When <see cref="Tick"/> has something to do without another edge; null: not before one.</summary>
    public TimeSpan? Next
    {
        get
        {
            TimeSpan? next = _pending is { } pending ? pending.Since + Settle : null;
            if (_pending is null && _isPressed && _role != Role.Ignored && _marksTold < Marks.Length)
            {
                next = Earlier(next, _pressedAt + Marks[_marksTold].After);
            }

            return _isAsked && !(_isPressed && _role == Role.Confirming) ? Earlier(next, _askedAt + ConfirmTime) : next;
        }
    }

    /// <summary>An edge, in the order of time.</summary>
    public IReadOnlyList<ButtonSign> Take(ButtonEdge edge)
    {
        List<ButtonSign> signs = [];
        Advance(edge.At, signs);
        if (edge.IsPressed != (_pending?.IsPressed ?? _isPressed))
        {
            _pending = edge.IsPressed == _isPressed ? null : (edge.IsPressed, edge.At);
        }

        return signs;
    }

    /// <summary>Time has passed.</summary>
    public IReadOnlyList<ButtonSign> Tick(TimeSpan now)
    {
        List<ButtonSign> signs = [];
        Advance(now, signs);
        return signs;
    }

    private static TimeSpan Earlier(TimeSpan? one, TimeSpan other) => one is { } first && first < other ? first : other;

    private void Advance(TimeSpan now, List<ButtonSign> signs)
    {
        // What was held until it was let go is told before that.
        TellMarks(_pending is { IsPressed: false, Since: var since } ? since : now, signs);
        if (_pending is { } pending && now - pending.Since >= Settle)
        {
            _pending = null;
            _isPressed = pending.IsPressed;
            if (pending.IsPressed)
            {
                Press(pending.Since, signs);
                TellMarks(now, signs);
            }
            else
            {
                Release(pending.Since, signs);
            }
        }

        // A press that is not settled yet may be the confirmation, begun in time.
        if (_pending is null && !(_isPressed && _role == Role.Confirming))
        {
            LapseAt(now, signs);
        }
    }

    private void TellMarks(TimeSpan until, List<ButtonSign> signs)
    {
        if (!_isPressed || _role == Role.Ignored)
        {
            return;
        }

        while (_marksTold < Marks.Length && until - _pressedAt >= Marks[_marksTold].After)
        {
            ButtonSign sign = Marks[_marksTold++].Sign;
            if (_role == Role.Confirming)
            {
                // Held, where a short press was asked for: taken back.
                (_isAsked, _role) = (false, Role.Ignored);
                signs.Add(ButtonSign.ResetLapsed);
                return;
            }

            signs.Add(sign);
        }
    }

    private void Press(TimeSpan at, List<ButtonSign> signs)
    {
        LapseAt(at, signs);
        (_pressedAt, _marksTold) = (at, 0);
        _role = !_isAsked ? Role.Fresh : at - _askedAt < ConfirmAfter ? Role.Ignored : Role.Confirming;
    }

    private void Release(TimeSpan at, List<ButtonSign> signs)
    {
        TimeSpan held = at - _pressedAt;
        if (_role == Role.Confirming)
        {
            _isAsked = false;
            signs.Add(ButtonSign.ResetConfirmed);
        }
        else if (_role == Role.Fresh && held < TooLong)
        {
            signs.Add(held < PairingHold ? ButtonSign.Short : held < ResetHold ? ButtonSign.Pairing : ButtonSign.ResetAsked);
            (_isAsked, _askedAt) = held < ResetHold ? (_isAsked, _askedAt) : (true, at);
        }
    }

    private void LapseAt(TimeSpan now, List<ButtonSign> signs)
    {
        if (_isAsked && now - _askedAt >= ConfirmTime)
        {
            _isAsked = false;
            signs.Add(ButtonSign.ResetLapsed);
        }
    }
}
