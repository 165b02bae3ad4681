using System.Text.Json;

namespace HomeHub.Gateway.Hub;

/// <summary><c>run-state.json</c> in the data folder. Written whole or not at all; losing it loses nothing.</summary>
internal static class RunStateFile
{
    private const string Name = "run-state.json";

    public static void Write(string folder, RunState state)
    {
        string path = Path.Combine(folder, Name);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(state, RunStateJson.Default.RunState));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The state that was written last; null when there is none, or none that can be read.</summary>
    public static RunState? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), RunStateJson.Default.RunState);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));
}
