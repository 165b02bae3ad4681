using HomeHub.Core.Identity;

namespace HomeHub.Core.Buffering;

/// <summary>Which part of a patient's readings is asked for, by when they were measured.</summary>
/// <param name="Patient">Whose.</param>
/// <param name="From">The first instant of it.</param>
/// <param name="Until">The first instant after it.</param>
/// <param name="MaxEach">Most readings of one characteristic, 1 to <see cref="MostEach"/>: a stream has one a minute, and nobody looks at 130,000 of them.</param>
public sealed record HistorySpan(PatientReference Patient, DateTimeOffset From, DateTimeOffset Until, int MaxEach)
{
    /// <summary>Highest <see cref="MaxEach"/>.</summary>
    public const int MostEach = 2_000;

    /// <summary>
    /// How long a piece of the span is of which, where a characteristic has more readings than asked for, the newest one stands for the others. At least one tick.
    /// </summary>
    public TimeSpan Piece => TimeSpan.FromTicks(Math.Max(1, ((Until - From).Ticks + MaxEach - 1) / MaxEach));

    /// <summary>The first instant of the piece in which an instant of the span lies.</summary>
    public DateTimeOffset PieceOf(DateTimeOffset at) => From.AddTicks((at - From).Ticks / Piece.Ticks * Piece.Ticks);

    /// <summary>Checks that it can be read.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It can't.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEach, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxEach, MostEach);
        ArgumentOutOfRangeException.ThrowIfLessThan(Until, From);
    }
}
