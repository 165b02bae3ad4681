using System.Buffers;
using System.CommandLine;
using System.Text;
using HomeHub.Gateway.Capture;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub replay</c>: what the readings of a capture are, and whether they are still what they were: the regression test of a device.</summary>
internal static class ReplayCommand
{
    /// <summary>Output is handed on when so much waits.</summary>
    private const int FlushBytes = 64 * 1024;

    public static Command Create(CommandIo io)
    {
        var file = new Argument<string>("file") { Description = "Capture lines (NDJSON, docs/capture.md).", HelpName = "FILE" };
        var expect = new Option<string?>("--expect")
        {
            Description = "Compares the readings with those of a file; exit status 1, and what differs on standard error, when they are others.", HelpName = "EXPECTED",
        };
        var update = new Option<bool>("--update") { Description = "Writes the readings to the file of --expect instead of comparing." };
        var command = new ExampledCommand(
            "replay",
            "Plays a capture through acquisition sessions and prints its readings, one line of JSON for each record; stores and sends nothing.",
            "homehub replay capture.ndjson",
            "homehub replay capture.ndjson --expect capture.expected.ndjson --update",
            "homehub replay capture.ndjson --expect capture.expected.ndjson")
        {
            file, expect, update,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string capture = parsed.GetValue(file)!;
            string? expected = parsed.GetValue(expect);
            bool updates = parsed.GetValue(update);
            if (!File.Exists(capture))
            {
                throw new UsageException($"FILE: there is no file {capture}.");
            }

            if (updates && expected is null)
            {
                throw new UsageException("--update needs --expect EXPECTED: it is what it writes.");
            }

            if (expected is not null && !updates && !File.Exists(expected))
            {
                throw new UsageException($"--expect: there is no file {expected}. --update writes it.");
            }

            return expected is null ? PrintAsync(io, capture, cancellation) : HoldAsync(io, capture, expected, updates, cancellation);
        });
        return command;
    }

    private static async Task<int> PrintAsync(CommandIo io, string capture, CancellationToken cancellation)
    {
        var output = new ArrayBufferWriter<byte>(2 * FlushBytes);
        using FileStream lines = File.OpenRead(capture);
        await CaptureReplay.RunAsync(lines, output, () => output.WrittenCount >= FlushBytes ? HandOnAsync() : ValueTask.CompletedTask, cancellation)
            .ConfigureAwait(false);
        await HandOnAsync().ConfigureAwait(false);
        await io.Out.FlushAsync(cancellation).ConfigureAwait(false);
        return ExitCodes.Done;

        async ValueTask HandOnAsync()
        {
            await io.Out.WriteAsync(output.WrittenMemory, cancellation).ConfigureAwait(false);
            output.ResetWrittenCount();
        }
    }

    private static async Task<int> HoldAsync(CommandIo io, string capture, string expected, bool updates, CancellationToken cancellation)
    {
        var told = new ArrayBufferWriter<byte>();
        using (FileStream lines = File.OpenRead(capture))
        {
            await CaptureReplay.RunAsync(lines, told, () => ValueTask.CompletedTask, cancellation).ConfigureAwait(false);
        }

        if (updates)
        {
            await File.WriteAllBytesAsync(expected, told.WrittenMemory, cancellation).ConfigureAwait(false);
            return ExitCodes.Done;
        }

        string wanted = await File.ReadAllTextAsync(expected, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> differences = ReplayDifference.Between(wanted, Encoding.UTF8.GetString(told.WrittenSpan));
        foreach (string line in differences)
        {
            await io.Error.WriteLineAsync(line).ConfigureAwait(false);
        }

        return differences.Count == 0 ? ExitCodes.Done : throw new CommandFailedException($"The readings of {capture} are not those of {expected}.");
    }
}
