using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.Naming;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.Hub;
using Spectre.Console;

namespace HomeHub.Gateway.Status;

/// <summary><c>homehub status</c> for a person.</summary>
internal static class StatusTable
{
    public static void Write(HubStatus status, TextWriter output, DateTimeOffset now)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(output),
        });
        BufferCounts counts = status.Counts;
        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "").Title("HomeHub");
        table.AddRow("Hub", Running(status, now));
        table.AddRow("Id", status.Hub?.ToString("D") ?? "-");
        if (status.Moved is { } moved)
        {
            table.AddRow("Moved", string.Create(CultureInfo.InvariantCulture, $"[yellow]to another hub on {moved.At:yyyy-MM-dd}: this one takes and sends nothing[/]"));
        }

        table.AddRow("Broker", Broker(status, now));
        if (status.Run?.Radio is not null)
        {
            table.AddRow("Bluetooth", status.Run.RadioError is { } why ? $"[red]not ready[/]: {Markup.Escape(why)}" : Markup.Escape(status.Run.Radio));
        }

        if (status.Run?.Pages is { } pages)
        {
            table.AddRow("Pages", Markup.Escape(pages));
        }

        if (status.Run?.OwnNetwork is { } own)
        {
            table.AddRow("Own network", own switch
            {
                "open" => "[yellow]open[/], homehub label tells its name and key",
                "failed" => "[red]could not be opened[/], it is tried again",
                "no-service" => "not possible: NetworkManager does not answer",
                "no-radio" => "not possible: there is no wireless adapter",
                "not-able" => "not possible: the wireless adapter can't be an access point",
                "switched-off" => "not possible: the wireless adapter is switched off",
                _ => Markup.Escape(own),
            });
        }

        if (status.Run?.Room is { } room and not "none")
        {
            table.AddRow("Room", RoomText(room) + Ago(", last told ", status.Run.RoomAt, now));
        }

        foreach (BoardPartState part in (status.Run?.Board ?? []).Where(part => part.Condition is not ("none" or "off")))
        {
            table.AddRow(char.ToUpperInvariant(part.Part[0]) + part.Part[1..], Board(part));
        }

        if (status.Run?.SelfCheck is { } check)
        {
            table.AddRow("Self-check", SelfCheck(check, now));
        }

        table.AddRow("Buffered", Waiting(counts, now));
        table.AddRow("Sent, no receipt yet", Number(counts.Sent));
        table.AddRow("Receipted", Number(counts.Receipted) + Ago(", last ", counts.LastReceiptAt, now));
        table.AddRow("Kept on the hub", Number(counts.Local));
        table.AddRow("Without consent", counts.Withheld == 0 ? Number(0) : $"[yellow]{Number(counts.Withheld)}[/]");
        table.AddRow("Nobody's", counts.Unassigned == 0 ? Number(0) : $"[yellow]{Number(counts.Unassigned)}[/]");
        table.AddRow("Held", status.Held == 0 ? Number(0) : $"[yellow]{Number(status.Held)}[/]");
        table.AddRow("Silent", status.Silence switch
        {
            null => "not known: the hub's clock was not synchronised since it was started",
            { Devices: 0 } => Number(0),
            { } silence => $"[yellow]{Number(silence.Devices)} devices, {Number(silence.People)} people[/]",
        });
        table.AddRow("Rejected", Number(counts.Rejected) + Causes(counts.RejectedByReason));
        table.AddRow("In quarantine", Number(counts.Quarantined) + Causes(counts.QuarantinedByCause));
        table.AddRow("Taken since first start", $"{Number(counts.Taken)}; {Number(counts.Duplicates)} came again; {Number(counts.SentAgain)} sent again");
        table.AddRow("Size on disk", string.Create(CultureInfo.InvariantCulture, $"{counts.SizeBytes / 1048576.0:0.0} MiB"));
        console.Write(table);
        if (counts.IsFull)
        {
            console.MarkupLine("[bold red]The buffer is full of readings that nobody has receipted: devices keep what they measure.[/]");
        }

        if (counts.NoLongerKnown > 0)
        {
            console.WriteLine($"{Number(counts.NoLongerKnown)} records that left the hub long ago are no longer known, as the size limit was reached: raise buffer.maxSizeMiB.");
        }

        if (status.Run?.HeldBecause is { } reason)
        {
            console.WriteLine(reason == "time-not-known"
                ? "What devices tell is kept until the hub's clock is synchronised: look at timedatectl, or at the key clock.trust."
                : "What devices tell is kept until the home's time zone is set: on the pages, by the key timeZone, or homehub run --time-zone.");
        }

        if (status.Silence is { Devices: > 0 })
        {
            console.WriteLine("Nothing came from some devices for longer than expected: homehub devices list --data DIR shows which.");
        }

        if (status.Run?.SelfCheck is { NeedsAttention: true })
        {
            console.WriteLine("What to do about the self-check is told by: homehub check --data DIR");
        }

        if (counts.Withheld > 0)
        {
            console.WriteLine("Readings without consent stay here: homehub consent list --data DIR shows what people decided.");
        }

        if (counts.Unassigned > 0)
        {
            console.WriteLine("Readings that are nobody's are shown by: homehub readings unassigned --data DIR");
        }

        if (counts.Rejected > 0)
        {
            console.WriteLine("Rejected readings are sent again by: homehub retry-rejected --data DIR");
        }
    }

    private static string RoomText(string room) => room switch
    {
        "ready" => "the sensor is read",
        "several" => "[yellow]several sensors[/], none is read until the key room.sensor names one",
        "not-there" => "[red]the sensor is not there[/] that the key room.sensor names",
        "failed" => "[red]the sensor can't be read[/]",
        "not-credible" => "[red]the sensor tells what can't be[/], which is not kept",
        "waiting" => "waits until the hub's time and the home's time zone are known",
        _ => Markup.Escape(room),
    };

    private static string SelfCheck(SelfCheckReport report, DateTimeOffset now) =>
        (report.NeedsAttention ? $"[yellow]{Markup.Escape(string.Join(", ", report.Results.Where(result => result.Finding.Outcome >= CheckOutcome.Warning).Select(result => $"{result.Name} {result.Code}")))}[/]" : KebabName.Of(report.Worst))
        + Ago(", ", report.At, now);

    private static string Running(HubStatus status, DateTimeOffset now) => status.Run is { } run
        ? $"running, process {run.Pid.ToString(CultureInfo.InvariantCulture)}{Ago(", since ", run.Since, now)}"
        : "not running";

    private static string Broker(HubStatus status, DateTimeOffset now) => status.Run switch
    {
        null => "-",
        { IsConnected: true } run => "[green]reached[/]" + Ago(", since ", run.BrokerSince, now),
        var run => "[red]not reached[/]" + Ago(", since ", run.BrokerSince, now) + (run.LastError is { } why ? $": {Markup.Escape(why)}" : ""),
    };

    private static string Board(BoardPartState part) => part.Condition switch
    {
        "found" => Markup.Escape((part.Shows is { } shows ? $"{shows}, " : "") + part.Place) + (part.Needs is { } needs ? $"; [yellow]a person is needed: {Markup.Escape(string.Join(", ", needs))}[/]" : ""),
        "busy" => $"[red]in use by another program[/]: {Markup.Escape(part.Place ?? "")}",
        "not-permitted" => $"[red]this user may not[/]: {Markup.Escape(part.Place ?? "")}",
        "not-found" => $"[red]not there[/]: {Markup.Escape(part.Place ?? "")}",
        _ => $"[red]can't be used[/]: {Markup.Escape(part.Place ?? "")}",
    };

    private static string Waiting(BufferCounts counts, DateTimeOffset now) =>
        Number(counts.Buffered) + Ago(", the oldest reading without receipt was taken ", counts.OldestUnreceiptedAt, now);

    private static string Causes(IReadOnlyDictionary<string, long> causes) => causes.Count == 0
        ? ""
        : Markup.Escape(": " + string.Join(", ", causes.OrderByDescending(cause => cause.Value).Select(cause => $"{cause.Key} {Number(cause.Value)}")));

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ago(string before, DateTimeOffset? instant, DateTimeOffset now)
    {
        if (instant is not { } at)
        {
            return "";
        }

        TimeSpan age = now - at;
        string text = age switch
        {
            { TotalMinutes: < 2 } => $"{Math.Max(0, (long)age.TotalSeconds)} s ago",
            { TotalHours: < 2 } => $"{(long)age.TotalMinutes} min ago",
            { TotalDays: < 2 } => $"{(long)age.TotalHours} h ago",
            _ => $"{(long)age.TotalDays} days ago",
        };
        return before + text;
    }
}
