using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A double of the button, which a test presses.</summary>
public sealed class InMemoryButton : IButton
{
    private bool _isDisposed;

    /// <inheritdoc/>
    public event Action<ButtonEdge>? Changed;

    /// <inheritdoc/>
    public string Place => "input:memory-button";

    /// <summary>Moves it.</summary>
    public void Move(bool isPressed, TimeSpan at)
    {
        if (!_isDisposed)
        {
            Changed?.Invoke(new ButtonEdge(isPressed, at));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _isDisposed = true;
}
