using System.Diagnostics;
using System.Globalization;

namespace HomeHub.Lab;

/// <summary>
/// Runs a scenario inside the guest and tells how it went, in a line: <c>passed NAME SECONDS</c>, <c>failed NAME SECONDS REASON</c>; before that
/// <c>figure TEXT</c>; <c>crashed NAME SECONDS REASON</c> where bluetoothd ended by itself. A scenario that wants the power cut says <c>cut NAME</c> and is run
/// again, in its second phase, after the guest has started again.
/// </summary>
internal static class LabProgram
{
    private const int Done = 0, Usage = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter report, TextWriter log)
    {
        string? name = Value(args, "--scenario=");
        if (Scenario.All.FirstOrDefault(scenario => scenario.Name == name) is not { } scenario)
        {
            await log.WriteLineAsync($"There is no scenario {name}.");
            return Usage;
        }

        await RunAsync(scenario, Value(args, "--after-cut=") == "yes", report, log);
        return Done;
    }

    private static async Task RunAsync(Scenario scenario, bool isAfterCut, TextWriter report, TextWriter log)
    {
        var watch = Stopwatch.StartNew();
        Laboratory? lab = null;
        string outcome = "passed";
        string reason = "";
        try
        {
            lab = await Laboratory.OpenAsync(scenario, isAfterCut, report);
            await scenario.Run(lab).WaitAsync(scenario.Limit);
        }
        catch (Exception error)
        {
            // Whatever it is, it is this scenario's failure.
            (outcome, reason) = ("failed", " " + error.Message.ReplaceLineEndings(" | ").Trim());
            await log.WriteLineAsync($"{scenario.Name}: {error}");
        }

        // The one bluetoothd serves hub and devices here, and BlueZ 5.66 may crash when a device whose server had let a read wait is removed. Of the hub that says
        // nothing; how it goes on after a crash is a scenario of its own. Told by another word, it is played once more.
        outcome = outcome == "failed" && lab is { Stack.HasServiceCrashed: true } ? "crashed" : outcome;
        if (lab is not null)
        {
            await lab.CloseAsync();
        }

        await report.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{outcome} {scenario.Name} {watch.Elapsed.TotalSeconds:0.0}{reason}"));
        await report.FlushAsync();
    }

    private static string? Value(string[] args, string key) => args.FirstOrDefault(word => word.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
}
