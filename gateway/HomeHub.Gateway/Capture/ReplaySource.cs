using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;

namespace HomeHub.Gateway.Capture;

/// <summary>A capture file as a source: as if the devices sent it, without waiting.</summary>
internal sealed class ReplaySource(string path) : IPayloadSource
{
    public string Name => "replay";

    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var lines = new Utf8LineReader(file);
            for (int number = 1; await lines.ReadAsync(cancellation).ConfigureAwait(false) is { } line; number++)
            {
                yield return CaptureLine.Parse(line, number);
            }
        }
    }
}
