using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A buzzer, with somebody who listens.</summary>
/// <param name="Buzzer">The buzzer.</param>
/// <param name="Hears">Whether it sounds.</param>
public sealed record BuzzerBench(IBuzzer Buzzer, Func<bool> Hears);
