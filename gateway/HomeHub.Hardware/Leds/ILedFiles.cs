namespace HomeHub.Hardware.Leds;

/// <summary>Port: the files of one light in <c>/sys/class/leds</c>.</summary>
internal interface ILedFiles
{
    /// <summary>Text of a file; null where there is none, or it can't be read.</summary>
    string? Read(string file);

    /// <summary>Writes a file.</summary>
    /// <returns>False where that can't be.</returns>
    bool Write(string file, string text);
}
