namespace HomeHub.Profiles;

/// <summary>What a mean was made from: the lowest and the highest number, each as the device sent it, in the unit of the mean.</summary>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest; not below <paramref name="Lowest"/>.</param>
public readonly record struct NumericRange(decimal Lowest, decimal Highest);
