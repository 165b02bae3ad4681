using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A button, with a finger.</summary>
/// <param name="Button">The button.</param>
/// <param name="Move">Presses it or lets it go, at a time.</param>
public sealed record ButtonBench(IButton Button, Action<bool, TimeSpan> Move);
