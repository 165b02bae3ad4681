using HomeHub.Core.Buffering;
using HomeHub.Core.Liveness;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <content>What is asked of the buffer. How the hub is has to be told also while its disk takes nothing, so that each of it is tried again at the next look.</content>
internal sealed partial class HubReporter
{
    private readonly DiskWait _disk = new(parts.Time, parts.Loggers.CreateLogger("Hub"), changed: parts.Disk.Tell);

    private async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            await AnswerAsync(cancellation).ConfigureAwait(false);
            _disk.NoteTaken();
        }
        catch (BufferException error) when (error.IsOfDisk)
        {
            // Who asked waits on; the request is a file, and stays.
            _disk.NoteRefused(error);
        }

        try
        {
            _counts = await parts.Buffer.CountAsync(cancellation).ConfigureAwait(false);
        }
        catch (BufferException error) when (error.IsOfDisk)
        {
            _disk.NoteRefused(error);
        }
    }

    private async Task AnswerAsync(CancellationToken cancellation)
    {
        if (RetryRequest.IsWaiting(parts.Folder))
        {
            int readings = await RetryRequest.RetryAsync(parts.Buffer, parts.Configuration.Recipients, cancellation).ConfigureAwait(false);
            RetryRequest.Delete(parts.Folder);
            _logger.LogInformation("{Count} rejected readings are sent again, as asked", readings);
            wake();
        }

        await _desk.WorkAsync(cancellation).ConfigureAwait(false);
    }
}
