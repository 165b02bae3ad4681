using System.Text.RegularExpressions;

namespace HomeHub.Architecture.Tests;

/// <summary>Who refers to whom, in the project files and in what the compiler made of them.</summary>
public sealed class ReferenceTests
{
    /// <summary>Pure decoding: no files, no network, no clock, no threads, no console.</summary>
    private static readonly string[] NotForProfiles =
    [
        "System.IO.", "System.Net.", "System.Console.", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Environment.",
        "System.TimeProvider", "System.Threading.Timer", "System.Threading.Thread", "System.DateTime.get_Now", "System.DateTime.get_UtcNow",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Random",
    ];

    public static TheoryData<string> Shipped => [.. ProjectFile.All.Where(project => !project.IsTest).Select(project => project.Name)];

    [Fact]
    public void Every_project_has_a_room()
    {
        Assert.NotEmpty(Shipped);
        foreach (ProjectFile project in ProjectFile.All)
        {
            bool known = project.IsTest
                ? House.TestsWithoutRoom.ContainsKey(project.Name)
                    || (project.Name.EndsWith(".Tests", StringComparison.Ordinal) && House.Find(project.Name[..^".Tests".Length]) is not null)
                : House.Find(project.Name) is not null;
            Assert.True(known, $"{project.Path} is in no room of House.cs.");
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_project_stands_in_its_rooms_folder(string name)
    {
        ProjectFile project = ProjectFile.All.Single(project => project.Name == name);
        Assert.Equal($"{House.Find(name)!.Folder}/{name}/{name}.csproj", project.Path);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_project_file_refers_only_to_what_its_room_may(string name)
    {
        ProjectFile project = ProjectFile.All.Single(project => project.Name == name);
        Room room = House.Find(name)!;
        Offences.AreNone(project.Projects.Except(room.Projects));
        Offences.AreNone(project.Packages.Except([.. room.Packages, House.Analyzer]));
        Offences.AreNone(project.Frameworks.Except(["Microsoft.AspNetCore.App"]));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_compiled_assembly_refers_only_to_what_its_room_may(string name)
    {
        ProjectFile project = ProjectFile.All.Single(project => project.Name == name);
        Room room = House.Find(name)!;
        CompiledAssembly compiled = CompiledAssembly.Load(project.AssemblyName);
        Assert.NotEmpty(compiled.Assemblies);
        Offences.AreNone(compiled.Assemblies.Where(assembly => !IsAllowed(assembly, room)));
    }

    [Fact]
    public void Profiles_use_the_base_class_library_only_and_of_it_nothing_that_does_input_or_output()
    {
        CompiledAssembly compiled = CompiledAssembly.Load("HomeHub.Profiles");
        Offences.AreNone(compiled.Assemblies.Where(assembly => !CompiledAssembly.IsBaseLibrary(assembly)));
        Offences.AreNone(compiled.Members.Where(member => NotForProfiles.Any(forbidden => member.StartsWith(forbidden, StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_shipped_project_has_a_test_project()
    {
        IEnumerable<string> missing = ProjectFile.All.Where(project => !project.IsTest)
            .Select(project => $"tests/{project.Name}.Tests/{project.Name}.Tests.csproj")
            .Except(ProjectFile.All.Select(project => project.Path));
        Offences.AreNone(missing);
    }

    [Fact]
    public void Test_projects_refer_to_the_project_that_they_test()
    {
        foreach (ProjectFile project in ProjectFile.All.Where(project => project.IsTest && !House.TestsWithoutRoom.ContainsKey(project.Name)))
        {
            Assert.Contains(project.Name[..^".Tests".Length], project.Projects);
        }
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        string solution = Repository.Read("HomeHub.sln").Replace('\\', '/');
        Offences.AreNone(ProjectFile.All.Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)).Select(project => project.Path));
    }

    [Fact]
    public void The_picture_shows_every_reference_and_no_other()
    {
        string page = Repository.Read("ARCHITECTURE.md");
        string picture = Regex.Match(page, "## What refers to what.*?```mermaid\n(?<text>.*?)```", RegexOptions.Singleline).Groups["text"].Value;
        HashSet<string> drawn = [.. Regex.Matches(picture, @"^\s*(\w+) --> (\w+)\s*$", RegexOptions.Multiline).Select(arrow => $"{arrow.Groups[1]} --> {arrow.Groups[2]}")];
        HashSet<string> written = [.. ProjectFile.All.Where(project => !project.IsTest).SelectMany(project => project.Projects.Select(other => $"{Short(project.Name)} --> {Short(other)}"))];
        Offences.AreNone(drawn.Except(written).Select(arrow => $"{arrow} is drawn and not so"));
        Offences.AreNone(written.Except(drawn).Select(arrow => $"{arrow} is so and not drawn"));
    }

    private static string Short(string project) => project["HomeHub.".Length..];

    private static bool IsAllowed(string assembly, Room room) =>
        CompiledAssembly.IsBaseLibrary(assembly)
        || CompiledAssembly.IsExtension(assembly)
        || (room.Web && CompiledAssembly.IsWeb(assembly))
        || room.Projects.Contains(assembly)
        || room.Packages.Any(package => assembly == package || IsPartOf(assembly, package));

    /// <summary>A package may bring assemblies under other names: <c>Microsoft.Data.Sqlite.Core</c> brings <c>Microsoft.Data.Sqlite</c>.</summary>
    private static bool IsPartOf(string assembly, string package)
    {
        string family = package.EndsWith(".Core", StringComparison.Ordinal) ? package[..^".Core".Length] : package;
        return assembly == family
            || (package.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) && assembly.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal))
            || (package == "OpenTelemetry" && assembly.StartsWith("OpenTelemetry.", StringComparison.Ordinal));
    }
}
