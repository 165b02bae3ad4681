using HomeHub.Core.Buffering;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// How <c>homehub retry-rejected</c> reaches a hub that is running and so holds the buffer: a file in the data folder, which the hub takes away
/// when it has done it.
/// </summary>
internal static class RetryRequest
{
    private const string Name = "retry-rejected.request";

    public static void Write(string folder) => File.WriteAllText(Path.Combine(folder, Name), "");

    public static bool IsWaiting(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Makes what any recipient's relay refused buffered again.</summary>
    /// <returns>How many deliveries.</returns>
    public static async Task<int> RetryAsync(IReadingBuffer buffer, IReadOnlyList<Recipient> recipients, CancellationToken cancellation)
    {
        int readings = 0;
        foreach (Recipient recipient in recipients)
        {
            readings += await buffer.RetryRejectedAsync(recipient, cancellation).ConfigureAwait(false);
        }

        return readings;
    }

    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));
}
