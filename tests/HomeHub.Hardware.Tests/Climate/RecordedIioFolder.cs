namespace HomeHub.Hardware.Tests.Climate;

/// <summary>A folder that looks as the kernel's folder of industrial-I/O devices does, links to folders elsewhere, with what sensors were seen to tell.</summary>
internal sealed class RecordedIioFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homehub-iio-");

    public string Path => _folder.CreateSubdirectory("bus").FullName;

    /// <summary>Adds a device, with files by their names; a line feed ends each, as the kernel has it.</summary>
    public string Add(string device, params (string File, string Text)[] files)
    {
        string folder = _folder.CreateSubdirectory("devices/" + device).FullName;
        Directory.CreateSymbolicLink(System.IO.Path.Combine(Path, device), folder);
        foreach ((string file, string text) in files)
        {
            File.WriteAllText(System.IO.Path.Combine(folder, file), text + "\n");
        }

        return folder;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
