using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;

namespace HomeHub.Gateway.Capture;

/// <summary>A capture file as a source: as if the devices sent it, without waiting. The devices are none of this home.</summary>
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
                SourceItem item = CaptureLine.Parse(line, number);
                yield return item.Payload is { } payload ? item with { Payload = payload with { Device = payload.Device with { IsSynthetic = true } } } : item;
            }
        }
    }
}
