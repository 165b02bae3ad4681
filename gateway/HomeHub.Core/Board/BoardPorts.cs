namespace HomeHub.Core.Board;

/// <summary>What sits on the box; each may be missing.</summary>
/// <param name="Light">The light.</param>
/// <param name="Buzzer">The buzzer.</param>
/// <param name="Button">The button.</param>
public sealed record BoardPorts(IStatusLight? Light, IBuzzer? Buzzer, IButton? Button) : IDisposable
{
    /// <summary>Whether there is none of them.</summary>
    public bool IsEmpty => Light is null && Buzzer is null && Button is null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Button?.Dispose();
        Buzzer?.Dispose();
        Light?.Dispose();
    }
}
