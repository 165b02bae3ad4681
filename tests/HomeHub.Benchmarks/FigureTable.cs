using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>Prints figures as Markdown, with what a reader needs to weigh them: machine, date, command.</summary>
internal static class FigureTable
{
    public static void Write(TextWriter output, IReadOnlyList<Figure> figures, string names)
    {
        output.WriteLine();
        output.WriteLine("| what | aim | measured |");
        output.WriteLine("|---|---|---|");
        foreach (Figure figure in figures)
        {
            output.WriteLine($"| {figure.What} | {figure.Aim} | {figure.Measured} |");
        }

        string date = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        output.WriteLine();
        output.WriteLine($"{date}; {Machine()}; `dotnet run -c Release --project tests/HomeHub.Benchmarks -- {names}`");
    }

    private static string Machine()
    {
        string cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        string memory = File.ReadLines("/proc/meminfo").First().Split(':')[1].Trim();
        long gibibytes = long.Parse(memory.Split(' ')[0], CultureInfo.InvariantCulture) / (1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cpu}, {Environment.ProcessorCount} cores, {gibibytes} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}");
    }
}
