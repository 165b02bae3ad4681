namespace HomeHub.Hardware.Leds;

/// <summary>The files as the kernel offers them.</summary>
/// <param name="folder">The light's folder.</param>
internal sealed class SysfsLedFiles(string folder) : ILedFiles
{
    public string? Read(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Told by null.
            return null;
        }
    }

    public bool Write(string file, string text)
    {
        try
        {
            // Not created where it is missing: sysfs has what it has.
            using FileStream stream = new(Path.Combine(folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Told by false.
            return false;
        }
    }
}
