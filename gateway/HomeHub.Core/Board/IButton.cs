namespace HomeHub.Core.Board;

/// <summary>Port: the one button on the box. Nothing is told after it was disposed of.</summary>
public interface IButton : IDisposable
{
    /// <summary>Where it is, as a person configures it: <c>input:homehub-button</c>.</summary>
    string Place { get; }

    /// <summary>Raised in the order in which it happened, one at a time, on a thread of the adapter; handlers return at once. Contacts that bounce may tell more edges than the hand made.</summary>
    event Action<ButtonEdge>? Changed;
}
