using System.CommandLine;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary><c>homehub catalogue show</c>: one model, with its pairing steps.</summary>
internal static class ShowCatalogueCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> config = HubOptions.Config();
        Option<string> language = CatalogueOptions.Language();
        var json = new Option<bool>("--json") { Description = "For scripts: one JSON object." };
        var id = new Argument<string>("id") { Description = "The model, as catalogue list names it.", HelpName = "ID" };
        var command = new ExampledCommand(
            "show",
            "Shows one device model: how it is paired, how it is recognised, what is odd about it, and the sources of that.",
            "homehub catalogue show and-ua-651ble",
            "homehub catalogue show roche-accu-chek-guide --language eu",
            "homehub catalogue show polar-h10 --language nb --json | jq -r '.pairing[]'")
        {
            id, language, json, config,
        };
        command.SetAction(async (parsed, _) =>
        {
            string tongue = CatalogueOptions.ReadLanguage(parsed.GetValue(language)!);
            DeviceCatalogue models = await CatalogueOptions.LoadAsync(io, HubOptions.Read(parsed.GetValue(config)).CatalogueFolder).ConfigureAwait(false);
            CatalogueEntry entry = models.Find(parsed.GetValue(id)!)
                ?? throw new UsageException($"ID must be a model of the catalogue, not {parsed.GetValue(id)}: homehub catalogue list shows them.");
            if (parsed.GetValue(json))
            {
                CatalogueJson.Write(io.Out, entry, tongue);
                return ExitCodes.Done;
            }

            using StreamWriter text = io.OpenText();
            foreach (string line in CatalogueText.Describe(entry, tongue))
            {
                await text.WriteLineAsync(line).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
