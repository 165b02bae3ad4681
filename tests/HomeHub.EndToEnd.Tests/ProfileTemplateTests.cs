using System.Diagnostics;
using System.Xml.Linq;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>The template of a profile, used as its README says: it builds, and just the tests of what is not written yet fail.</summary>
public sealed class ProfileTemplateTests : IDisposable
{
    private const string Tests = "tests/HomeHub.Profiles.Tests";

    /// <summary>The test of the house that finds a profile without its line in the registry.</summary>
    private const string Unregistered = "HomeHub.Profiles.Tests.Decoding.ProfileRegistryTests.A_profile_is_registered(type: \"HomeHub.Profiles.Fresh.FreshProfile\")";

    /// <summary>Longest time of one step: the projects are built anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-template").FullName;

    private string Copy => Path.Combine(_folder, "copy");

    [Fact]
    public async Task What_it_makes_builds_and_just_the_tests_of_what_is_not_written_fail()
    {
        await CopyAsync();
        string hive = Path.Combine(_folder, "hive");
        await DotnetAsync(0, "new", "install", Path.Combine(Copy, "tools/templates/profile"), "--debug:custom-hive", hive);

        // Of the numbers that are kept for vendors: no profile of the house will ever have them.
        await DotnetAsync(
            0, "new", "homehub-profile", "-n", "Fresh", "-o", Copy, "--service", "FFF0", "--serviceName", "Fresh Things", "--characteristic", "FFF1",
            "--characteristicName", "Fresh Measurement", "--debug:custom-hive", hive);
        Assert.True(File.Exists(Path.Combine(Copy, "firmware-profiles/HomeHub.Profiles/Fresh/README.md")));
        Assert.Contains("0xFFF1", await File.ReadAllTextAsync(Path.Combine(Copy, "firmware-profiles/HomeHub.Profiles/Fresh/FreshProfile.cs")), StringComparison.Ordinal);

        await DotnetAsync(0, "build", Tests, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-warnaserror");
        await DotnetAsync(1, "test", Tests, "-c", "Release", "--no-build", "--nologo", "--logger", "trx;LogFileName=told.trx", "--results-directory", _folder);
        (string Name, string Outcome)[] results =
        [
            .. XDocument.Load(Path.Combine(_folder, "told.trx")).Descendants().Where(element => element.Name.LocalName == "UnitTestResult")
                .Select(result => (result.Attribute("testName")!.Value, result.Attribute("outcome")!.Value)),
        ];
        string[] template = [.. FactsOf(await File.ReadAllTextAsync(Path.Combine(Copy, Tests, "Fresh/FreshTests.cs"))).Select(name => $"HomeHub.Profiles.Tests.Fresh.FreshTests.{name}").Order()];
        Assert.Equal(5, template.Length);
        Assert.Equal([Unregistered, .. template], results.Where(result => result.Outcome != "Passed").Select(result => result.Name).Order());
        Assert.True(results.Length > 500, "The other tests did not run.");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static IEnumerable<string> FactsOf(string source) => source.Split("[Fact]").Skip(1).Select(fact => fact.Split("public void ")[1].Split('(')[0]);

    /// <summary>What git knows of the tree, as whoever clones it has it.</summary>
    private async Task CopyAsync()
    {
        string files = await RunAsync(
            0, Executable.Repository, "git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        foreach (string file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Executable.Repository, file))))
        {
            string target = Path.Combine(Copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Executable.Repository, file), target);
        }
    }

    private Task<string> DotnetAsync(int exit, params string[] arguments) => RunAsync(exit, Copy, "dotnet", arguments);

    private static async Task<string> RunAsync(int exit, string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        // The tests' own runner sets these for what it starts; a build that takes them over looks for its tools in the wrong place.
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildExtensionsPath");
        start.Environment.Remove("MSBuildSDKsPath");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        string told = await output;
        Assert.True(process.ExitCode == exit, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{told}\n{await error}");
        return told;
    }
}
