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

    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));
}
