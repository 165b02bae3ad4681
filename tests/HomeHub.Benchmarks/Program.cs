using HomeHub.Benchmarks;

// These take long, and are only run where they are named.
const string Hour = "hour", Steady = "steady", SteadyShort = "steady-short";
string[] lengthy = [Hour, Steady, SteadyShort];

(string Name, Func<Task<IReadOnlyList<Figure>>> Run)[] benchmarks =
[
    ("encode", EncodeRunner.RunAsync),
    ("append", AppendRunner.RunAsync),
    ("wire", WireRunner.RunAsync),
    ("memory", MemoryRunner.RunAsync),
    ("drain", DrainRunner.RunAsync),
    ("session", SessionRunner.RunAsync),
    ("pages", PagesRunner.RunAsync),
    (Hour, PagesRunner.RunHourAsync),
    (Steady, SteadyRunner.RunAsync),
    (SteadyShort, SteadyRunner.RunShortAsync),
];

if (args is [AppendRunner.ChildCommand, string folder, string count])
{
    await AppendRunner.AppendAloneAsync(folder, int.Parse(count, null));
    return 0;
}

if (args is ["capture", string path, string readings])
{
    MixedCapture.Write(path, int.Parse(readings, null));
    return 0;
}

string[] chosen = args is ["all"] ? [.. benchmarks.Select(benchmark => benchmark.Name).Except(lengthy)] : args;
if (chosen.Length == 0 || chosen.Except(benchmarks.Select(benchmark => benchmark.Name)).Any())
{
    Console.Error.WriteLine($"Name what to measure: all (but {string.Join(", ", lengthy)}), or some of {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}. Or write the capture that they replay: capture FILE READINGS.");
    return 2;
}

List<Figure> figures = [];
foreach ((string name, Func<Task<IReadOnlyList<Figure>>> run) in benchmarks.Where(benchmark => chosen.Contains(benchmark.Name)))
{
    Console.Error.WriteLine($"== {name}");
    figures.AddRange(await run());
}

FigureTable.Write(Console.Out, figures, string.Join(' ', args));
return 0;
