using System.CommandLine;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Requests;
using HomeHub.Gateway.Status;
using HomeHub.Sqlite;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub status</c>: looks at a hub from beside it, running or not.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var asJson = new Option<bool>("--json") { Description = "For scripts." };
        var command = new ExampledCommand(
            "status",
            "Says how many readings are where, and whether the hub runs and reaches its broker.",
            "homehub status --data ./data",
            "homehub status --data ./data --json | jq .buffered")
        {
            data, asJson, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            return RunAsync(io, folder, io.Clock(configuration), parsed.GetValue(asJson), cancellation);
        });
        return command;
    }

    /// <summary>How the hub of a folder is.</summary>
    public static async Task<HubStatus> ReadAsync(string folder, TimeProvider time, IHubClock clock, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = await BufferAccess.OpenReaderAsync(folder, time, cancellation).ConfigureAwait(false);
        RunState? run = RunStateFile.Read(folder);
        run = run?.IsCurrent(clock) == true ? run : null;
        BufferCounts counts = await buffer.CountAsync(cancellation).ConfigureAwait(false);

        // Whether there is room is known to the hub that writes, and to nobody beside it.
        DeviceSilence? silence = clock.IsTimeKnown ? await ReadSilenceAsync(folder, time, cancellation).ConfigureAwait(false) : null;
        return new HubStatus(counts with { IsFull = run?.IsFull == true }, buffer.Hub?.Id, run, SqliteHeldPayloads.CountIn(folder), silence) { Moved = HistoryMoves.ReadMoved(folder) };
    }

    private static async Task<DeviceSilence> ReadSilenceAsync(string folder, TimeProvider time, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, SqliteDeviceRegistry.FileName)))
        {
            return default;
        }

        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
        await using (registry.ConfigureAwait(false))
        {
            return DeviceSilence.Of(await registry.ListAsync(cancellation).ConfigureAwait(false), time.GetUtcNow());
        }
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, IHubClock clock, bool asJson, CancellationToken cancellation)
    {
        HubStatus status = await ReadAsync(folder, io.Time, clock, cancellation).ConfigureAwait(false);
        if (asJson)
        {
            StatusJson.Write(status, io.Out);
        }
        else
        {
            using StreamWriter text = io.OpenText();
            StatusTable.Write(status, text, io.Time.GetUtcNow());
        }

        return ExitCodes.Done;
    }
}
