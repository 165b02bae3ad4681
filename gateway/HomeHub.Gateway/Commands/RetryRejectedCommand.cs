using System.CommandLine;
using HomeHub.Core.Buffering;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub retry-rejected</c>: a person's word that readings which the relay refused are to be tried again.</summary>
internal static class RetryRejectedCommand
{
    /// <summary>How long a running hub is waited for; it looks every second.</summary>
    private static readonly TimeSpan HubLimit = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var command = new ExampledCommand(
            "retry-rejected",
            "Puts readings that the relay rejected back into the queue, e.g. once the patient is enrolled. Works beside a running hub.",
            "homehub retry-rejected --data ./data")
        {
            data, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            return RunAsync(io, HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), configuration)), configuration, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, HubConfiguration configuration, CancellationToken cancellation)
    {
        using StreamWriter text = io.OpenText();
        try
        {
            using var loggers = new LineLoggerFactory(io.Error, LogLevel.Warning, asJson: false, io.Time);
            SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
                new SqliteBufferOptions { Folder = folder }, io.Time, loggers.CreateLogger<SqliteReadingBuffer>(), cancellation).ConfigureAwait(false);
            await using (buffer.ConfigureAwait(false))
            {
                int readings = await RetryRequest.RetryAsync(buffer, configuration.Recipients, cancellation).ConfigureAwait(false);
                await text.WriteLineAsync($"{readings} readings are sent again as soon as the hub runs.").ConfigureAwait(false);
                return ExitCodes.Done;
            }
        }
        catch (BufferException error) when (error.Fault == BufferFault.Locked)
        {
            await AskHubAsync(io.Time, folder, cancellation).ConfigureAwait(false);
            await text.WriteLineAsync("The running hub sends its rejected readings again.").ConfigureAwait(false);
            return ExitCodes.Done;
        }
    }

    private static async Task AskHubAsync(TimeProvider time, string folder, CancellationToken cancellation)
    {
        RetryRequest.Write(folder);
        long asked = time.GetTimestamp();
        while (RetryRequest.IsWaiting(folder))
        {
            if (time.GetElapsedTime(asked) > HubLimit)
            {
                RetryRequest.Delete(folder);
                throw new CommandFailedException("A process holds the buffer but did not answer: is it a hub of this version?");
            }

            await Task.Delay(LookInterval, time, cancellation).ConfigureAwait(false);
        }
    }
}
