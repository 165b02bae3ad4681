namespace HomeHub.Hardware.Tests.Climate;

/// <summary>A folder that looks as the kernel's folder of industrial-I/O devices does, with what sensors were seen to tell.</summary>
internal sealed class RecordedIioFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homehub-iio-");

    public string Path => _folder.FullName;

    /// <summary>Adds a device, with files by their names; a line feed ends each, as the kernel has it.</summary>
    public string Add(string device, params (string File, string Text)[] files)
    {
        string folder = _folder.CreateSubdirectory(device).FullName;
        foreach ((string file, string text) in files)
        {
            File.WriteAllText(System.IO.Path.Combine(folder, file), text + "\n");
        }

        return folder;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
