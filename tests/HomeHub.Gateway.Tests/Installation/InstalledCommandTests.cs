using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Gateway.Tests.Installation;

/// <summary>The command of an installed hub, with stand-ins for what makes it the hub's user.</summary>
public sealed class InstalledCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("devices pair C0:FF:EE:00:00:01", "-all,+net_admin")]
    [InlineData("run", "-all,+net_admin")]
    [InlineData("devices list", "-all")]
    [InlineData("status --json", "-all")]
    [InlineData("readings pair", "-all")]
    [InlineData("", "-all")]
    public async Task Only_commands_that_pair_may_hear_how_a_bond_was_made(string command, string rights)
    {
        // Stand-ins for root, and for what would become the hub's user.
        Write("id", "echo 0");
        Write("setpriv", "echo \"$@\"");
        Write("homehub", (await File.ReadAllTextAsync(Path.Combine(Executable.Repository, "tools", "install", "homehub"))).Replace("@DOTNET@", "dotnet", StringComparison.Ordinal).Replace("@PROGRAM@", "/opt/homehub", StringComparison.Ordinal));
        using Executable wrapper = Executable.Start(
            "/bin/sh", new Dictionary<string, string> { ["PATH"] = $"{_folder}:/usr/bin:/bin" }, [Path.Combine(_folder, "homehub"), .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(0, await wrapper.ExitAsync());
        Assert.Equal(
            $"--no-new-privs --reuid homehub --regid homehub --init-groups --inh-caps={rights} --ambient-caps={rights} --bounding-set={rights} -- dotnet /opt/homehub/homehub.dll {command}".TrimEnd(),
            wrapper.Output.Trim());
    }

    private void Write(string name, string script)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, script.StartsWith("#!", StringComparison.Ordinal) ? script : $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
