using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Audit;

/// <summary><c>homehub audit verify</c>: whether the log is as it was written.</summary>
internal static class VerifyAuditCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var mark = new Option<string?>("--mark")
        {
            Description = "A mark that somebody kept, as the hub's status message tells it (audit): that entry must still be there as it was.", HelpName = "N:HASH",
        };
        var command = new ExampledCommand(
            "verify",
            "Computes every entry anew: exit status 0 when all is as it was written, 1 and the number of the first entry that is not.",
            "homehub audit verify --data ./data",
            "homehub audit verify --mark 17:0123456789abcdef --data ./data")
        {
            data, mark, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            string? kept = parsed.GetValue(mark);
            return kept is null || IsMark(kept)
                ? RunAsync(io, folder, kept, cancellation)
                : throw new UsageException("--mark must be a number and 16 hex digits, as 17:0123456789abcdef.");
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, string? mark, CancellationToken cancellation)
    {
        IAuditLog log = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            AuditCheck check = await log.VerifyAsync(mark, cancellation).ConfigureAwait(false);
            if (check.BrokenAt is { } broken)
            {
                throw new CommandFailedException($"The audit log was changed: entry {broken} is missing or not what it was.");
            }

            using StreamWriter text = io.OpenText();
            await text.WriteLineAsync(check.Head is { } head ? $"All {check.Entries} entries are as they were written. The last one is {head}." : "The audit log is empty.")
                .ConfigureAwait(false);
            return ExitCodes.Done;
        }
    }

    private static bool IsMark(string text) =>
        text.Split(':') is [var number, { Length: 16 } hash] && long.TryParse(number, out long value) && value > 0 && hash.All(char.IsAsciiHexDigitLower);
}
