namespace HomeHub.Benchmarks;

/// <summary>A folder that is gone afterwards. On the disk that holds the system's temporary files: not to be a RAM disk, or fsync costs nothing.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("homehub-bench-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
