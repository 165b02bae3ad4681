using System.CommandLine;
using HomeHub.Gateway.Catalogue;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary><c>homehub catalogue check</c>: for who writes an entry.</summary>
internal static class CheckCatalogueCommand
{
    public static Command Create(CommandIo io)
    {
        var files = new Argument<string[]>("file") { Description = "Files of the catalogue.", HelpName = "FILE", Arity = ArgumentArity.OneOrMore };
        var command = new ExampledCommand(
            "check",
            "Checks files of the catalogue and tells every key that is wrong, with what is expected there. Exit status 1 when anything is wrong.",
            "homehub catalogue check my-model.json",
            "homehub catalogue check firmware-profiles/catalogue/*/*.json")
        {
            files,
        };
        command.SetAction((parsed, _) => CheckAsync(io, parsed.GetValue(files)!));
        return command;
    }

    private static async Task<int> CheckAsync(CommandIo io, string[] files)
    {
        int wrong = 0;
        var fileOf = new Dictionary<string, string>(StringComparer.Ordinal);
        using StreamWriter text = io.OpenText();
        foreach (string file in files)
        {
            CatalogueReadResult result = CatalogueFiles.Read(file, file);
            var errors = new List<CatalogueError>(result.Errors);
            if (result.Entry is { } entry)
            {
                if (Path.GetFileNameWithoutExtension(file) != entry.Id)
                {
                    errors.Add(new CatalogueError(file, "id", $"the name of the file, {Path.GetFileNameWithoutExtension(file)}"));
                }
                else if (!fileOf.TryAdd(entry.Id, file))
                {
                    errors.Add(new CatalogueError(file, "id", $"another id: {fileOf[entry.Id]} has it too"));
                }
            }

            foreach (CatalogueError error in errors)
            {
                await text.WriteLineAsync(error.ToString()).ConfigureAwait(false);
            }

            wrong += errors.Count == 0 ? 0 : 1;
        }

        await text.WriteLineAsync(wrong == 0 ? $"{files.Length} checked, all is well." : $"{files.Length} checked, {wrong} with errors.").ConfigureAwait(false);
        return wrong == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
