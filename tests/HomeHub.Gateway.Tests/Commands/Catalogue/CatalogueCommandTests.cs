using System.Text.Json;

namespace HomeHub.Gateway.Tests.Commands.Catalogue;

public sealed class CatalogueCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-catalogue-").FullName;

    private static string Delivered => Path.Combine(AppContext.BaseDirectory, "catalogue");

    [Fact]
    public async Task The_delivered_files_stand_beside_the_program_and_are_listed()
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "list");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("Omron X4 Smart", run.Output, StringComparison.Ordinal);
        Assert.Contains("verified-by-capture", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_is_listed_for_scripts_a_line_each()
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "list", "--kind", "heart-rate-strap", "--json");
        JsonElement[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains(lines, line => line.GetProperty("id").GetString() == "polar-h10");
        Assert.All(lines, line => Assert.Equal("heart-rate-strap", line.GetProperty("kind").GetString()));
        JsonElement h10 = lines.Single(line => line.GetProperty("id").GetString() == "polar-h10");
        Assert.Equal(528525, h10.GetProperty("specialization").GetInt32());
        Assert.False(h10.GetProperty("quirks").GetProperty("needsBond").GetBoolean());
    }

    [Theory]
    [InlineData("en", "Hold the monitor's Bluetooth button for three seconds.")]
    [InlineData("es", "Mantenga pulsado el botón de Bluetooth")]
    [InlineData("eu", "Eduki sakatuta tentsiometroaren Bluetooth botoia")]
    [InlineData("sv", "Håll in blodtrycksmätarens Bluetooth-knapp")]
    [InlineData("nb", "Hold inne Bluetooth-knappen på blodtrykksmåleren")]
    public async Task A_model_is_shown_with_its_steps_in_the_language(string language, string step)
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "show", "omron-x4-smart", "--language", language);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains(step, run.Output, StringComparison.Ordinal);
        Assert.Contains("clock: never-set", run.Output, StringComparison.Ordinal);
        Assert.Contains("name: X4 Smart", run.Output, StringComparison.Ordinal);
        Assert.Contains("derdilla/blood-pressure-monitor-fl@17aba3d0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_shown_for_scripts()
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "show", "taidoc-td-1241", "--language", "sv", "--json");
        JsonElement shown = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(40, shown.GetProperty("quirks").GetProperty("reconnectDelaySeconds").GetInt32());
        Assert.Contains(shown.GetProperty("pairing").EnumerateArray(), step => step.GetString()!.StartsWith("Vänta en minut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delivered_files_pass_the_check()
    {
        string[] files = Directory.GetFiles(Path.Combine(Delivered, "scale"), "*.json");
        CommandRun run = await CommandRun.OfArgumentsAsync(["catalogue", "check", .. files]);
        Assert.Equal((0, $"{files.Length} checked, all is well.\n"), (run.Exit, run.Output));
    }

    [Fact]
    public async Task A_mistake_is_named_by_file_and_key_with_what_is_expected_and_the_status_is_1()
    {
        string file = Copy("polar-h9", "polar-h9.json", text => text.Replace("needsBond", "needBond", StringComparison.Ordinal).Replace("\"180D\"", "\"18\"", StringComparison.Ordinal));
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "check", file, Path.Combine(_folder, "none.json"));
        Assert.Equal(1, run.Exit);
        Assert.Contains($"{file}: quirks.needBond: ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}: profiles[0]: services as four upper-case hex digits", run.Output, StringComparison.Ordinal);
        Assert.Contains("none.json: a file that can be read", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 checked, 2 with errors.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_has_to_have_the_name_of_its_id()
    {
        CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "check", Copy("polar-h9", "other.json", text => text));
        Assert.Equal(1, run.Exit);
        Assert.Contains("id: the name of the file, other", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sites_own_file_replaces_the_delivered_one_and_a_broken_one_is_told_and_left_out()
    {
        Copy("polar-h9", "polar-h9.json", text => text.Replace("\"model\": \"H9\"", "\"model\": \"H9 of this site\"", StringComparison.Ordinal));
        Copy("polar-h9", "broken.json", text => text[..20]);
        string config = Path.Combine(_folder, "..", Path.GetFileName(_folder) + "-config.json");
        await File.WriteAllTextAsync(config, $$"""{ "catalogue": { "folder": "{{_folder}}" } }""");
        try
        {
            CommandRun run = await CommandRun.OfArgumentsAsync("catalogue", "show", "polar-h9", "--config", config);
            Assert.Equal(0, run.Exit);
            Assert.StartsWith("Polar H9 of this site\n", run.Output, StringComparison.Ordinal);
            Assert.Contains("broken.json", run.Error, StringComparison.Ordinal);
            CommandRun other = await CommandRun.OfArgumentsAsync("catalogue", "show", "polar-h10", "--config", config);
            Assert.StartsWith("Polar H10\n", other.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(config);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Copy(string id, string name, Func<string, string> change)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, change(File.ReadAllText(Path.Combine(Delivered, "heart-rate-strap", id + ".json"))));
        return path;
    }
}
