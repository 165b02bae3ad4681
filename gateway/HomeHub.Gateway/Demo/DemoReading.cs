namespace HomeHub.Gateway.Demo;

/// <summary>A reading on its way, as the demonstration shows it.</summary>
internal sealed class DemoReading(int number, string name, string model)
{
    private static long s_moves;

    public int Number { get; } = number;

    /// <summary>Name of the characteristic.</summary>
    public string Name { get; } = name;

    /// <summary>Model of the device.</summary>
    public string Model { get; } = model;

    /// <summary>Its last step.</summary>
    public string State { get; private set; } = "";

    /// <summary>All its steps, in order.</summary>
    public string Way { get; private set; } = "";

    /// <summary>Rises with each step of any reading.</summary>
    public long Moved { get; private set; }

    public void Take(string step)
    {
        State = step;
        Way = Way.Length == 0 ? step : $"{Way} > {step}";
        Moved = Interlocked.Increment(ref s_moves);
    }
}
