using System.Text.Json;
using System.Text.RegularExpressions;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

/// <summary>docs/catalogue.md says what the files and the schema say.</summary>
public sealed class DocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(CatalogueFolder.Root, "docs", "catalogue.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_table_of_models_is_that_of_the_files()
    {
        string[] expected =
        [
            .. CatalogueFolder.Entries.OrderBy(entry => entry.Kind).ThenBy(entry => entry.Id, StringComparer.Ordinal).Select(entry =>
                $"| `{entry.Id}` | {entry.DisplayName} | {CatalogueNames.NameOf(entry.Kind)} | {(entry.Support == CatalogueSupport.Full ? "yes" : "not yet")} | {CatalogueNames.NameOf(entry.State)} |"),
        ];
        string[] table = [.. Page[Page.IndexOf("## Models", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(expected, table);
    }

    [Fact]
    public void Every_quirk_is_said_to_be_used_or_told_and_the_schema_says_the_same()
    {
        string[] used = QuirksUnder("## Quirks that the hub acts on"), told = QuirksUnder("## Quirks told to the nurse, not used by the hub yet");
        JsonElement quirks = JsonDocument.Parse(CatalogueFolder.Bytes("device-model.schema.json")).RootElement
            .GetProperty("properties").GetProperty("quirks").GetProperty("properties");
        foreach (JsonProperty quirk in quirks.EnumerateObject())
        {
            bool isUsed = quirk.Value.GetProperty("description").GetString()!.EndsWith("The hub acts on it.", StringComparison.Ordinal);
            Assert.Contains(quirk.Name, isUsed ? used : told);
        }

        Assert.Equal(quirks.EnumerateObject().Count(), used.Length + told.Length);
    }

    private static string[] QuirksUnder(string heading)
    {
        string section = Page[(Page.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        return [.. Regex.Matches(section, @"^\| `(\w+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
    }
}
