using System.Text.Json;

namespace HomeHub.Gateway.Hub;

/// <summary><c>run-state.json</c> in the data folder. Written whole or not at all, as long as there is room; losing it loses nothing.</summary>
internal static class RunStateFile
{
    private const string Name = "run-state.json";

    public static void Write(string folder, RunState state)
    {
        string path = Path.Combine(folder, Name), draft = path + ".new";
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(state, RunStateJson.Default.RunState);
        try
        {
            File.WriteAllBytes(draft, content);
            File.Move(draft, path, overwrite: true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // A full disk has room in the block that the file has already, and that the disk is full is what has to be told now. Who reads a half of it finds none.
            File.Delete(draft);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            file.Write(content);
            file.SetLength(content.Length);
        }
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
