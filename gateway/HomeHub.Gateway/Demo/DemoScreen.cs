using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HomeHub.Gateway.Demo;

/// <summary>Shows the board on a terminal, live.</summary>
internal static class DemoScreen
{
    private const int ShownReadings = 16;
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(150);
    private static readonly string[] Steps = ["buffered", "sent", "sent-again", "receipted", "local", "quarantined", "rejected"];

    /// <summary>Shows until <paramref name="done"/> completes.</summary>
    public static Task ShowAsync(DemoBoard board, Task done, TimeProvider time) =>
        AnsiConsole.Live(Render(board)).AutoClear(false).StartAsync(async screen =>
        {
            while (!done.IsCompleted)
            {
                screen.UpdateTarget(Render(board));
                await Task.WhenAny(done, Task.Delay(FrameInterval, time)).ConfigureAwait(false);
            }

            screen.UpdateTarget(Render(board));
        });

    private static Rows Render(DemoBoard board)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("#", "Reading", "Device", "Its way");
        foreach (DemoReading reading in board.Newest(ShownReadings))
        {
            table.AddRow(
                reading.Number.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(reading.Name),
                Markup.Escape(reading.Model),
                $"[{Colour(reading.State)}]{Markup.Escape(reading.Way)}[/]");
        }

        IReadOnlyDictionary<string, int> counts = board.Count();
        string line = string.Join("  ", Steps.Where(counts.ContainsKey).Select(step => $"[{Colour(step)}]{step} {counts[step]}[/]"));
        return new Rows(new IRenderable[] { table, new Markup(line.Length == 0 ? "waiting for the first reading" : line), new Markup($"[yellow]{Markup.Escape(board.News)}[/]") });
    }

    private static string Colour(string step) => step switch
    {
        "receipted" => "green",
        "sent" or "sent-again" => "blue",
        "local" => "grey",
        "quarantined" => "magenta",
        "rejected" => "red",
        _ => "yellow",
    };
}
