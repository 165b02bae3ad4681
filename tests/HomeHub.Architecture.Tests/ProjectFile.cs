using System.Xml.Linq;

namespace HomeHub.Architecture.Tests;

/// <summary>What a project file says that it refers to.</summary>
internal sealed record ProjectFile(string Path, string Name, string AssemblyName, string[] Projects, string[] Packages, string[] Frameworks)
{
    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Every project of the repository, found by itself.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. Repository.Files.Where(file => file.EndsWith("proj", StringComparison.Ordinal)).Select(Load)];

    private static ProjectFile Load(string path)
    {
        var xml = XDocument.Parse(Repository.Read(path));
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return new ProjectFile(
            path,
            name,
            xml.Descendants("AssemblyName").SingleOrDefault()?.Value ?? name,
            [.. Includes(xml, "ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. Includes(xml, "PackageReference")],
            [.. Includes(xml, "FrameworkReference")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string item) =>
        xml.Descendants(item).Select(element => element.Attribute("Include")!.Value);
}
