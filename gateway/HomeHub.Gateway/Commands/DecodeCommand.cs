using System.Buffers;
using System.CommandLine;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub decode</c>: capture lines in, FHIR resources out, line by line.</summary>
internal static class DecodeCommand
{
    /// <summary>Output is handed on when so much waits, and whenever input has to be waited for.</summary>
    private const int FlushBytes = 64 * 1024;

    public static Command Create(CommandIo io)
    {
        var command = new ExampledCommand(
            "decode",
            "Reads capture lines (NDJSON, docs/capture.md) on standard input and writes one line of JSON for each: "
            + "{\"resources\":[...],\"error\":null} or {\"resources\":[],\"error\":{...}}. Lines with errors don't change the exit status.",
            "homehub decode < capture.ndjson",
            "homehub decode < capture.ndjson | jq -c 'select(.error) | .error'");
        command.SetAction((_, cancellation) => RunAsync(io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, CancellationToken cancellation)
    {
        var decoder = new CaptureDecoder(Adapters.CreateEncoder());
        var lines = new Utf8LineReader(io.In);
        var output = new ArrayBufferWriter<byte>(2 * FlushBytes);
        for (int number = 1; await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line; number++)
        {
            decoder.Decode(line, number, output);
            if (output.WrittenCount >= FlushBytes || !lines.HasLine)
            {
                await io.Out.WriteAsync(output.WrittenMemory, cancellation).ConfigureAwait(false);
                output.ResetWrittenCount();
            }
        }

        await io.Out.WriteAsync(output.WrittenMemory, cancellation).ConfigureAwait(false);
        await io.Out.FlushAsync(cancellation).ConfigureAwait(false);
        return ExitCodes.Done;
    }
}
