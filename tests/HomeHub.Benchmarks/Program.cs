using HomeHub.Benchmarks;

// Takes an hour, and is only run where it is named.
const string Hour = "hour";

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

string[] chosen = args is ["all"] ? [.. benchmarks.Select(benchmark => benchmark.Name).Where(name => name != Hour)] : args;
if (chosen.Length == 0 || chosen.Except(benchmarks.Select(benchmark => benchmark.Name)).Any())
{
    Console.Error.WriteLine($"Name what to measure: all (but hour), or some of {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}. Or write the capture that they replay: capture FILE READINGS.");
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
