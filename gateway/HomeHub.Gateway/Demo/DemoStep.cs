namespace HomeHub.Gateway.Demo;

/// <summary>A line of the hub's feed.</summary>
/// <param name="Step">Step, e.g. <c>receipted</c>.</param>
/// <param name="Record">The record's name in the feed.</param>
/// <param name="Characteristic">UUID as it is written, e.g. <c>2A35</c>.</param>
/// <param name="Model">Model of the device.</param>
internal readonly record struct DemoStep(string Step, string Record, string Characteristic, string Model)
{
    /// <summary>Reads a line; false for one that is none.</summary>
    public static bool TryParse(string line, out DemoStep step)
    {
        string[] parts = line.Split('\t');
        step = parts.Length == 4 ? new DemoStep(parts[0], parts[1], parts[2], parts[3]) : default;
        return parts.Length == 4;
    }
}
