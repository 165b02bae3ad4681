namespace HomeHub.Web.Own;

/// <summary>A point of a trend: one value, or a day of many.</summary>
/// <param name="At">When.</param>
/// <param name="Low">The lowest number.</param>
/// <param name="Middle">The one in the middle, which was measured too.</param>
/// <param name="High">The highest.</param>
/// <param name="Count">How many values it stands for.</param>
public sealed record TrendPoint(DateTimeOffset At, decimal Low, decimal Middle, decimal High, int Count);
