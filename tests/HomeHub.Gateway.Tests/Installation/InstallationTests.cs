using System.Text.RegularExpressions;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Gateway.Tests.Installation;

/// <summary>Steps of the installation, played by themselves; a whole one plays in the laboratory.</summary>
public sealed partial class InstallationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-installation-").FullName;

    private static string Templates => Path.Combine(Executable.Repository, "tools", "install");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{}", "homehub:status")]
    [InlineData("""{ "board": { "light": "gpio:GPIO17" } }""", "homehub:status")]
    [InlineData("""{ "board": { "light": "led:ACT", "button": "off" } }""", "ACT")]
    [InlineData("{\n  \"broker\": { \"url\": \"mqtts://broker.example\" },\n  \"board\": {\n    \"light\":\n      \"led:board:green:usr0\" // the first one\n  }\n}", "board:green:usr0")]
    [InlineData("{\n  // \"light\": \"led:ACT\"\n}", "homehub:status")]
    [InlineData("""{ "board": { "light": "led:a light|x" } }""", "homehub:status")]
    [InlineData("""{ "board": { "light": "led:.." } }""", "homehub:status")]
    public async Task The_hub_is_let_set_the_light_that_is_configured_and_no_other(string configuration, string light)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "homehub.json"), configuration);
        Assert.Equal(light, await PlayAsync("find_led; echo \"$led\""));
    }

    [Fact]
    public async Task Before_there_is_a_configuration_it_is_the_usual_light() => Assert.Equal("homehub:status", await PlayAsync("find_led; echo \"$led\""));

    [Fact]
    public async Task Rule_and_unit_name_no_more_than_the_brightness_of_that_light()
    {
        string[] lines = [.. (await Task.WhenAll(new[] { "homehub.service", "homehub.udev.rules" }.Select(file => File.ReadAllLinesAsync(Path.Combine(Templates, file))))).SelectMany(file => file)];
        Assert.Equal(
            [
                "ExecStopPost=-/bin/sh -c '[ ! -w /sys/class/leds/@LED@/brightness ] || echo 0 >/sys/class/leds/@LED@/brightness'",
                "ReadWritePaths=-/sys/class/leds/@LED@/brightness",
                """ACTION!="remove", SUBSYSTEM=="leds", KERNEL=="@LED@", RUN+="/bin/chgrp homehub /sys$devpath/brightness", RUN+="/bin/chmod g+w /sys$devpath/brightness" """.TrimEnd(),
            ],
            lines.Where(line => line.Contains("leds", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_template_leaves_open_is_put_in()
    {
        string setup = await File.ReadAllTextAsync(Path.Combine(Templates, "setup.sh"));
        foreach (string template in Directory.EnumerateFiles(Templates, "homehub*"))
        {
            Assert.All(Open().Matches(await File.ReadAllTextAsync(template)), open => Assert.Contains($"s|{open.Value}|", setup, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("@[A-Z_]+@")]
    private static partial Regex Open();

    /// <summary>Reads the steps as install.sh does, and plays something of them.</summary>
    private async Task<string> PlayAsync(string steps)
    {
        string script = $"""
            set -eu
            broker=none bluetooth=true work=/nowhere yes=no
            . {Templates}/places.sh
            settings={_folder}
            . {Templates}/setup.sh
            {steps}
            """;
        using Executable shell = Executable.Start("/bin/sh", "-c", script);
        Assert.Equal(0, await shell.ExitAsync());
        return shell.Output.Trim();
    }
}
