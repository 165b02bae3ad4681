namespace HomeHub.Simulation.Peripherals;

/// <summary>A whole number that wanders: each value is a small step from the one before, drawn back to its middle, within bounds.</summary>
internal sealed class Wander(Random random, int middle, int step, int low, int high)
{
    private int _value = Math.Clamp(middle + random.Next(-3 * step, (3 * step) + 1), low, high);

    /// <summary>The next value, <c>low</c> to <c>high</c>.</summary>
    public int Next()
    {
        int pull = Math.Sign(middle - _value) * random.Next(0, step + 1) / 2;
        _value = Math.Clamp(_value + random.Next(-step, step + 1) + pull, low, high);
        return _value;
    }
}
