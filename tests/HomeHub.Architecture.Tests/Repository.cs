using System.Diagnostics;

namespace HomeHub.Architecture.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<string>> LazyFiles = new(ListFiles);

    /// <summary>Folder that holds HomeHub.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file of the project that git does not ignore, by its path from the root, with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Files => LazyFiles.Value;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> Sources(string under = "") =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && file.StartsWith(under, StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HomeHub.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("HomeHub.sln is in no folder above the tests.");
    }

    /// <summary>Asks git, because it alone knows what is ignored; files that are new and not committed yet count.</summary>
    private static List<string> ListFiles()
    {
        ProcessStartInfo start = new("git", ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        List<string> files = [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file)))];
        files.Sort(StringComparer.Ordinal);
        Assert.NotEmpty(files);
        return files;
    }
}
