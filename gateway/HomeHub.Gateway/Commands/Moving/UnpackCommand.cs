using System.CommandLine;
using System.Text;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Commands.Moving;

/// <summary><c>homehub move unpack</c>: a new hub takes the history of the one before.</summary>
internal static class UnpackCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var archive = new Argument<string>("FILE") { Description = "The archive." };
        var codeFile = new Option<string?>("--code-file")
        {
            Description = "File whose first line is the transfer code. Without it the code is asked for, and read from standard input.", HelpName = "FILE",
        };
        var command = new ExampledCommand(
            "unpack",
            "Takes the history of another hub in: whole or not at all, and only where nothing of a home is yet. The hub stays itself in topics and by its key. It sends what the other one had still to send. "
            + "Devices with a Bluetooth bond have to be paired again.",
            "homehub move unpack history.homehub --data ./data",
            "homehub move unpack history.homehub --code-file code.txt --data ./data")
        {
            archive, codeFile, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = HubOptions.RequireData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            string path = parsed.GetValue(archive)!;
            using FileStream from = Open(path);
            await HistoryMoves.SettleAsync(folder, io.Time, cancellation).ConfigureAwait(false);
            if (HistoryMoves.FindObstacle(folder) is { } problem)
            {
                throw new CommandFailedException(new MoveException(problem).Message);
            }

            TransferCode code = await ReadCodeAsync(io, parsed.GetValue(codeFile), cancellation).ConfigureAwait(false);
            HubIdentity hub = await KnowHubAsync(io, folder, cancellation).ConfigureAwait(false);
            await HistoryMoves.TakeInAsync(folder, hub, from, code, AuditTrail.CommandLineUser, io.Time.GetLocalNow(), cancellation).ConfigureAwait(false);
            await HistoryMoves.SettleAsync(folder, io.Time, cancellation).ConfigureAwait(false);
            await io.Error.WriteLineAsync("The history is here. Pair those devices again that homehub devices list tells of.").ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can't be read.");
        }
    }

    /// <summary>Never an argument: other users of the machine see those.</summary>
    private static async Task<TransferCode> ReadCodeAsync(CommandIo io, string? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            await io.Error.WriteAsync("Transfer code: ").ConfigureAwait(false);
            using var input = new StreamReader(io.In, Encoding.UTF8, leaveOpen: true);
            return TransferCode.Read(await input.ReadLineAsync(cancellation).ConfigureAwait(false)) ?? throw new UsageException("That is no transfer code: a letter is missing, or another one than it was.");
        }

        using FileStream stored = Open(file);
        using var text = new StreamReader(stored);
        return TransferCode.Read(await text.ReadLineAsync(cancellation).ConfigureAwait(false)) ?? throw new UsageException($"--code-file: the first line of {file} is no transfer code.");
    }

    /// <summary>Who this hub is: it gets its identity now where it has never run.</summary>
    private static async Task<HubIdentity> KnowHubAsync(CommandIo io, string folder, CancellationToken cancellation)
    {
        using var loggers = new LineLoggerFactory(io.Error, LogLevel.Warning, asJson: false, io.Time);
        SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = folder }, io.Time, loggers.CreateLogger<SqliteReadingBuffer>(), cancellation).ConfigureAwait(false);
        await using (buffer.ConfigureAwait(false))
        {
            return buffer.Hub;
        }
    }
}
