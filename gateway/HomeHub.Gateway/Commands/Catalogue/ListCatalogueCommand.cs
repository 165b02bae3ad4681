using System.CommandLine;
using HomeHub.Profiles.Catalogue;
using Spectre.Console;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary><c>homehub catalogue list</c>: all models, or those of a kind.</summary>
internal static class ListCatalogueCommand
{
    /// <summary>Columns of a table that no terminal shows, so that grep finds an entry on one line.</summary>
    private const int RedirectedWidth = 200;

    public static Command Create(CommandIo io)
    {
        Option<string?> config = HubOptions.Config();
        var kind = new Option<string?>("--kind") { Description = $"Only devices of one kind: {string.Join(", ", CatalogueNames.KindNames)}.", HelpName = "KIND" };
        var json = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var command = new ExampledCommand(
            "list",
            "Lists the device models that the hub knows, with what each entry stands on.",
            "homehub catalogue list",
            "homehub catalogue list --kind glucose-meter",
            "homehub catalogue list --json | jq -r 'select(.support == \"full\") | .id'")
        {
            kind, json, config,
        };
        command.SetAction(async (parsed, _) =>
        {
            string? only = parsed.GetValue(kind);
            if (only is not null && !CatalogueNames.KindNames.Contains(only))
            {
                throw new UsageException($"--kind must be one of {string.Join(", ", CatalogueNames.KindNames)}.");
            }

            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, HubOptions.Read(parsed.GetValue(config)).CatalogueFolder).ConfigureAwait(false);
            List(io, [.. models.Entries.Where(entry => only is null || CatalogueNames.NameOf(entry.Kind) == only)], parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void List(CommandIo io, IReadOnlyList<CatalogueEntry> entries, bool asJson)
    {
        if (asJson)
        {
            foreach (CatalogueEntry entry in entries)
            {
                CatalogueJson.Write(io.Out, entry, null);
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Id", "Model", "Kind", "Read by the hub", "Stands on");
        foreach (CatalogueEntry entry in entries)
        {
            table.AddRow(
                Markup.Escape(entry.Id),
                Markup.Escape(entry.DisplayName),
                CatalogueNames.NameOf(entry.Kind),
                entry.Support == CatalogueSupport.Full ? "yes" : "not yet",
                CatalogueNames.NameOf(entry.State));
        }

        using StreamWriter text = io.OpenText();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        console.Write(table);
    }
}
