using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Sqlite.Tests;

/// <summary>What a child process does with a buffer: <c>MODE FOLDER COUNT</c>. Prints a line for each thing that it was told is done.</summary>
internal static class ChildProgram
{
    private static async Task<int> Main(string[] args)
    {
        string mode = args[0];
        int count = int.Parse(args[2], CultureInfo.InvariantCulture);
        if (mode == "devices")
        {
            await SaveDevicesAsync(args[1], count);
            return 0;
        }

        if (mode == "take-in")
        {
            await TakeInAsync(args[1]);
            return 0;
        }

        if (mode == "damaged")
        {
            await LogIndexTests.MeetDamageAsync(args[1]);
            return 0;
        }

        if (mode == "wipe")
        {
            await HistoryMoves.WipeAsync(args[1], "nurse", SampleReadings.Start);
            await HistoryMoves.SettleAsync(args[1], TimeProvider.System, CancellationToken.None);
            return 0;
        }

        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = args[1] }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
        Say("open");
        switch (mode)
        {
            case "hold":
                await Console.In.ReadLineAsync();
                break;
            case "lone":
                for (int n = 0; n < count; n++)
                {
                    await AppendAsync(buffer, n);
                }

                break;
            case "burst":
                await Task.WhenAll(Enumerable.Range(0, count).Select(n => AppendAsync(buffer, n)));
                break;
            case "prune":
                await PruneAsync(buffer, count);
                break;
            case "append":
                await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => AppendUntilKilledAsync(buffer, caller * 1_000_000, count)));
                break;
            default:
                return 2;
        }

        return 0;
    }

    /// <summary>Takes the archive beside the folder in, and puts it in place, which a start does.</summary>
    private static async Task TakeInAsync(string folder)
    {
        HubIdentity hub;
        await using (SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance))
        {
            hub = buffer.Hub;
        }

        Say("open");
        TransferCode code = TransferCode.Read(await File.ReadAllTextAsync(folder + ".code"))!;
        using FileStream archive = File.OpenRead(folder + ".archive");
        await HistoryMoves.TakeInAsync(folder, hub, archive, code, "nurse", SampleReadings.Start, CancellationToken.None);
        await HistoryMoves.SettleAsync(folder, TimeProvider.System, CancellationToken.None);
        Say("done");
    }

    /// <summary>Says when half of the history has left: what follows is the rest of it, and giving room back.</summary>
    private static async Task PruneAsync(SqliteReadingBuffer buffer, int count)
    {
        Task pruning = buffer.PruneAsync(SampleReadings.Start.AddMinutes(count), CancellationToken.None);
        while (!pruning.IsCompleted && (await buffer.CountAsync(CancellationToken.None)).Local > count / 2)
        {
            await Task.Delay(1);
        }

        Say("pruned");
        await pruning;
        await Console.In.ReadLineAsync();
    }

    private static async Task SaveDevicesAsync(string folder, int count)
    {
        await using SqliteDeviceRegistry registry = await SqliteDeviceRegistry.OpenAsync(folder, CancellationToken.None);
        Say("open");
        for (int n = 0; n < count; n++)
        {
            string address = $"C0:FF:EE:{n >> 16:X2}:{(n >> 8) & 0xFF:X2}:{n & 0xFF:X2}".Replace("EE:00", "EE:01", StringComparison.Ordinal);
            var device = new RegisteredDevice { Address = address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };
            await registry.SaveAsync(device, CancellationToken.None);
            Say(address);
        }
    }

    private static Task<AppendOutcome[]> AppendAsync(SqliteReadingBuffer buffer, int number) =>
        buffer.AppendAsync([SampleReadings.BloodPressure(number).ToSend()], CancellationToken.None);

    /// <summary>Appends one and several in turn, leases some and settles some of those, and prints the numbers that were acknowledged.</summary>
    private static async Task AppendUntilKilledAsync(SqliteReadingBuffer buffer, int first, int count)
    {
        for (int n = first; n < first + count; n += 3)
        {
            await AppendAsync(buffer, n);
            Say($"{n}.");
            await buffer.AppendAsync(SampleReadings.Many(n + 1, 2), CancellationToken.None);
            Say($"{n + 1}.");
            Say($"{n + 2}.");
            IReadOnlyList<BufferedReading> leased =
                await buffer.LeaseAsync(Recipient.CareTeam, 2, SampleReadings.Start, CancellationToken.None);
            if (leased.Count > 0)
            {
                await buffer.SettleAsync(Recipient.CareTeam, [leased[0].Id], [], SampleReadings.Start, CancellationToken.None);
            }
        }
    }

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
