using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HomeHub.Architecture.Tests;

/// <summary>What stands where.</summary>
public sealed class TreeTests
{
    [Fact]
    public void Only_what_is_agreed_stands_at_the_root() =>
        Offences.AreNone(Repository.Files.Select(file => file.Split('/')[0]).Distinct().Except(House.TopLevel));

    [Fact]
    public void The_changelog_has_an_entry_for_the_version()
    {
        string version = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        Assert.Matches(new Regex($@"^## \[{Regex.Escape(version)}\] - \d{{4}}-\d{{2}}-\d{{2}}$", RegexOptions.Multiline), Repository.Read("CHANGELOG.md"));
    }

    [Fact]
    public void A_profile_folder_has_a_readme_a_place_in_the_registry_and_tests()
    {
        const string profiles = "firmware-profiles/HomeHub.Profiles/";
        string registry = Repository.Read(profiles + "Decoding/ProfileRegistry.cs");
        string[] found = [.. Repository.Sources(profiles).Where(file => Regex.IsMatch(file[profiles.Length..], @"^\w+/\w+Profile\.cs$") && !file.EndsWith("/GattProfile.cs", StringComparison.Ordinal))];
        Assert.NotEmpty(found);
        foreach (string file in found)
        {
            string folder = file[profiles.Length..].Split('/')[0];
            Assert.Contains($"{profiles}{folder}/README.md", Repository.Files);
            Assert.Contains($"{Path.GetFileNameWithoutExtension(file)}.Profile,", registry, StringComparison.Ordinal);
            Assert.NotEmpty(Repository.Sources($"tests/HomeHub.Profiles.Tests/{folder}/"));
        }
    }

    [Fact]
    public void Decision_records_are_numbered_without_gaps_and_have_the_three_parts()
    {
        string[] records = [.. Repository.Files.Where(file => Regex.IsMatch(file, @"^docs/decisions/\d{4}-[a-z0-9-]+\.md$"))];
        Assert.NotEmpty(records);
        Assert.Equal(Enumerable.Range(1, records.Length), records.Select(file => int.Parse(Path.GetFileName(file)[..4], null)));
        foreach (string record in records)
        {
            string text = Repository.Read(record);
            Assert.All(["## Context", "## Decision", "## Consequence"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Links_in_the_documents_lead_somewhere()
    {
        List<string> broken = [];
        foreach (string document in Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (Match link in Regex.Matches(Repository.Read(document), @"\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)"))
            {
                string target = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, link.Groups[1].Value));
                if (!File.Exists(target) && !Directory.Exists(target))
                {
                    broken.Add($"{document}: {link.Groups[1].Value}");
                }
            }
        }

        Offences.AreNone(broken);
    }
}
