using System.Globalization;
using System.Text.Json;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

/// <summary>What holds for every file of the catalogue, found by themselves.</summary>
public sealed class EntryTests
{
    private static readonly HashSet<uint> Nomenclature = ReadNomenclature();

    public static TheoryData<string> Files => [.. CatalogueFolder.Files];

    [Fact]
    public void There_are_forty_at_least_and_all_kinds()
    {
        Assert.True(CatalogueFolder.Entries.Count >= 40, $"{CatalogueFolder.Entries.Count} models");
        Assert.Equal(Enum.GetValues<DeviceCategory>(), CatalogueFolder.Entries.Select(entry => entry.Kind).Distinct().Order());
    }

    [Fact]
    public void Forty_at_least_are_read_by_the_hub() =>
        Assert.True(CatalogueFolder.Entries.Count(entry => entry.Support == CatalogueSupport.Full) >= 40);

    [Fact]
    public void Ids_are_unique() => Assert.Equal(CatalogueFolder.Entries.Count, CatalogueFolder.Entries.Select(entry => entry.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_has_the_name_of_its_id_and_stands_in_the_folder_of_its_kind(string file)
    {
        CatalogueEntry entry = CatalogueFolder.Read(file);
        Assert.Equal($"{CatalogueNames.NameOf(entry.Kind)}/{entry.Id}.json", file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_names_the_schema(string file)
    {
        using var json = JsonDocument.Parse(CatalogueFolder.Bytes(file));
        string path = json.RootElement.GetProperty("$schema").GetString()!;
        Assert.Equal(
            Path.Combine(CatalogueFolder.Folder, "device-model.schema.json"),
            Path.GetFullPath(path, Path.GetDirectoryName(Path.Combine(CatalogueFolder.Folder, file))!));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_specialization_stands_in_the_nomenclature(string file) => Assert.Contains(CatalogueFolder.Read(file).Specialization, Nomenclature);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_is_read_speaks_a_profile_that_the_hub_decodes(string file)
    {
        CatalogueEntry entry = CatalogueFolder.Read(file);
        Assert.True(entry.Support == CatalogueSupport.NotYet || entry.Profiles.All(ServiceText.IsDecoded), $"{file}: {string.Join(", ", entry.Profiles)}");
        Assert.True(entry.State != CatalogueState.PerStandardProfile || entry.Profiles.All(ServiceText.IsHealthService), file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Pairing_steps_are_told_in_every_language_and_are_translated(string file)
    {
        CatalogueEntry entry = CatalogueFolder.Read(file);
        IReadOnlyList<string> english = entry.Pairing["en"];
        foreach (string language in CatalogueNames.Languages)
        {
            IReadOnlyList<string> steps = entry.Pairing[language];
            Assert.Equal(english.Count, steps.Count);
            Assert.All(steps, step => Assert.True(step.Length is > 20 and <= 240 && step.EndsWith('.'), $"{file}, {language}: {step}"));
            foreach (string other in CatalogueNames.Languages.Where(other => other != language))
            {
                Assert.Empty(steps.Intersect(entry.Pairing[other]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Legacy_pairing_is_accepted_only_of_what_is_bonded(string file)
    {
        DeviceQuirks quirks = CatalogueFolder.Read(file).Quirks;
        Assert.True(quirks.NeedsBond || !quirks.AcceptsLegacyPairing, file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_is_not_read_says_so_in_its_steps(string file)
    {
        CatalogueEntry entry = CatalogueFolder.Read(file);
        Assert.Equal(
            entry.Support == CatalogueSupport.NotYet,
            entry.Pairing["en"].Contains("The hub can't take readings from this model yet. Please choose another model for this patient."));
    }

    private static HashSet<uint> ReadNomenclature()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(CatalogueFolder.Root, "docs", "nomenclature.tsv")).Select(line => line.Split('\t'))];
        int code = Array.IndexOf(rows[0], "mdc_code"), refId = Array.IndexOf(rows[0], "mdc_refid");
        return
        [
            .. rows.Skip(1).Where(row => row[refId].Contains("SPEC_PROFILE", StringComparison.Ordinal))
                .Select(row => uint.Parse(row[code], CultureInfo.InvariantCulture)),
        ];
    }
}
