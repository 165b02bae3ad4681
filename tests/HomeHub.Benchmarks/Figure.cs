namespace HomeHub.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Aim">What is aimed at.</param>
/// <param name="Measured">What came out, as it came out.</param>
internal readonly record struct Figure(string What, string Aim, string Measured);
