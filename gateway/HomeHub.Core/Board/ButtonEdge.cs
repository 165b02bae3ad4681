namespace HomeHub.Core.Board;

/// <summary>The button went down or up.</summary>
/// <param name="IsPressed">Whether it is pressed from now on.</param>
/// <param name="At">When: monotonic, as <c>TimeProvider.GetElapsedTime(0)</c> counts; as the kernel stamped it, so that a busy hub does not make a short press a long one.</param>
public readonly record struct ButtonEdge(bool IsPressed, TimeSpan At);
