using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HomeHub.Gateway.Requests;

/// <summary>
/// How commands reach a hub that is running and so holds the buffer: a file in the data folder for each request, and one for its answer. Each is written whole or
/// not at all, for the owner's eyes only. A request that stays, because the hub was killed, is done at the next start; done twice it is done once.
/// </summary>
internal static class RequestFiles
{
    /// <summary>Longest file that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024;

    /// <summary>Most requests that are taken at a look.</summary>
    public const int MaxRequests = 100;

    private const string Folder = "requests";
    private const string RequestEnd = ".request.json", AnswerEnd = ".answer.json";

    /// <summary>Leaves a request.</summary>
    public static void Write(string data, ReadingRequest request) => WriteWhole(data, request.Id, RequestEnd, request, RequestJson.Default.ReadingRequest);

    /// <summary>The requests that wait, with their ids; null for one that can't be read.</summary>
    public static IReadOnlyList<(Guid Id, ReadingRequest? Request)> List(string data)
    {
        string folder = Path.Combine(data, Folder);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var requests = new List<(Guid, ReadingRequest?)>();
        foreach (string file in Directory.EnumerateFiles(folder, "*" + RequestEnd).Order(StringComparer.Ordinal).Take(MaxRequests))
        {
            if (Guid.TryParse(Path.GetFileName(file)[..^RequestEnd.Length], out Guid id))
            {
                ReadingRequest? request = Read(file, RequestJson.Default.ReadingRequest);
                requests.Add((id, request?.Id == id ? request : null));
            }
        }

        return requests;
    }

    /// <summary>Leaves the answer, and then takes the request away.</summary>
    public static void Answer(string data, Guid id, ReadingAnswer answer)
    {
        WriteWhole(data, id, AnswerEnd, answer, RequestJson.Default.ReadingAnswer);
        Withdraw(data, id);
    }

    /// <summary>Takes the answer, once it is there.</summary>
    public static ReadingAnswer? TakeAnswer(string data, Guid id)
    {
        string file = PathOf(data, id, AnswerEnd);
        ReadingAnswer? answer = File.Exists(file) ? Read(file, RequestJson.Default.ReadingAnswer) : null;
        if (answer is not null)
        {
            File.Delete(file);
        }

        return answer;
    }

    /// <summary>Takes a request back; what was begun goes on.</summary>
    public static void Withdraw(string data, Guid id) => File.Delete(PathOf(data, id, RequestEnd));

    /// <summary>Files of answers that nobody fetched yet.</summary>
    public static IReadOnlyList<string> ListAnswers(string data)
    {
        string folder = Path.Combine(data, Folder);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + AnswerEnd) : [];
    }

    private static T? Read<T>(string file, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return new FileInfo(file).Length <= MaxBytes ? JsonSerializer.Deserialize(File.ReadAllBytes(file), type) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void WriteWhole<T>(string data, Guid id, string end, T content, JsonTypeInfo<T> type)
    {
        string file = PathOf(data, id, end);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!, owner | UnixFileMode.UserExecute);
            options.UnixCreateMode = owner;
        }

        using (var stream = new FileStream(file + ".new", options))
        {
            JsonSerializer.Serialize(stream, content, type);
            stream.Flush(flushToDisk: true);
        }

        File.Move(file + ".new", file, overwrite: true);
    }

    private static string PathOf(string data, Guid id, string end) => Path.Combine(data, Folder, id.ToString("N") + end);
}
