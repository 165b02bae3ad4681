using System.Net.Sockets;
using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Requests;

/// <summary>
/// How a command that reads the buffer beside a running hub has it write what it answered and holds back (docs/decisions/0051): a socket in the data folder. To connect is to ask; one octet is the
/// answer. Without a hub nobody listens, and nobody waits; neither side writes a file.
/// </summary>
internal static class CommitSocket
{
    /// <summary>Name of the socket in the data folder, which is its owner's only.</summary>
    public const string FileName = "hub.sock";

    /// <summary>How long a hub is waited for. One that does not answer has what is on the disk read.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private const int MostWaiting = 16;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(10);

    /// <summary>Answers until cancelled. A folder that takes no socket ends nothing: commands then see the last readings some time later.</summary>
    public static async Task RunAsync(string folder, IReadingBuffer buffer, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ListenAsync(Path.Combine(folder, FileName), buffer, cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                logger.LogWarning("Commands can't ask the hub to write what it holds, and may see it up to two minutes late: {Reason}", error.Message);
            }

            await Task.Delay(RetryInterval, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Asks a hub that runs on the folder, if there is one.</summary>
    public static async Task AskAsync(string folder, TimeProvider time, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return;
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), either.Token).ConfigureAwait(false);
            await socket.ReceiveAsync(new byte[1], either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or ArgumentException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // What a dead hub left, or a hub that hangs: what is on the disk is what can be told.
        }
    }

    private static async Task ListenAsync(string path, IReadingBuffer buffer, CancellationToken cancellation)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);

        // Whoever holds the buffer is the only hub: what lies there was left by a dead one.
        File.Delete(path);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(endPoint);
        socket.Listen(MostWaiting);
        try
        {
            while (true)
            {
                using Socket asking = await socket.AcceptAsync(cancellation).ConfigureAwait(false);
                await AnswerAsync(asking, buffer, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task AnswerAsync(Socket asking, IReadingBuffer buffer, CancellationToken cancellation)
    {
        try
        {
            await buffer.CommitAsync(cancellation).ConfigureAwait(false);
            await asking.SendAsync(new byte[1], cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // It waited long enough and went.
        }
    }
}
