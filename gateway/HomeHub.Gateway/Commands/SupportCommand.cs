using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Support;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub support</c>: an archive for whoever helps from afar.</summary>
internal static class SupportCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var file = new Argument<string>("FILE") { Description = "The archive that is written (ZIP)." };
        var command = new ExampledCommand(
            "support",
            "Writes an archive for whoever helps from afar: how the hub is, its devices by tag, its settings, the machine. It holds no reading, no name, no key. "
            + "The pages give the same, with the last lines of the log.",
            "homehub support support.zip --data ./data")
        {
            file, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            string path = parsed.GetValue(file)!;
            try
            {
                using FileStream to = File.Create(path);
                await new SupportBundle(folder, configuration, io.Clock(configuration), io.Time).WriteAsync(to, [], cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException($"{path} can't be written: {error.Message}", error);
            }

            await AuditTrail.NoteAsync(io, folder, AuditActs.SupportBundleMade, AuditTrail.CommandLineUser, null, null, cancellation).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
