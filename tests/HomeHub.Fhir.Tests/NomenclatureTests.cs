using System.Text.Json;
using HomeHub.Fhir.Terms;

namespace HomeHub.Fhir.Tests;

/// <summary>What is written agrees with docs/nomenclature.tsv.</summary>
public sealed class NomenclatureTests
{
    private const int Code = 4, RefId = 5, LoincCodes = 6, Ucum = 7, VitalSign = 10;

    private static readonly string[][] Rows =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "nomenclature.tsv")).Skip(1).Select(line => line.Split('\t'))];

    [Fact]
    public void Vital_signs_have_the_loinc_codes_of_the_table_and_nothing_else_has_any()
    {
        int vital = 0;
        foreach (string[] row in Rows.Where(row => uint.TryParse(row[Code], out _)))
        {
            LoincTerm[] written = VitalSigns.LoincOf(uint.Parse(row[Code], System.Globalization.CultureInfo.InvariantCulture));
            if (row[VitalSign] == "yes")
            {
                vital++;
                Assert.Equal(row[LoincCodes].Split(';')[0], written[0].Code);
            }
            else
            {
                Assert.Empty(written);
            }
        }

        Assert.True(vital > 20);
    }

    [Fact]
    public void Every_mdc_coding_and_unit_that_is_written_stands_in_the_table()
    {
        HashSet<string> terms = [.. Rows.Select(row => $"{row[Code]} {row[RefId]}")];
        // Medication by volume: the table names millilitres only in the field's text.
        HashSet<string> units = [.. Rows.Select(row => row[Ucum]), "mL"];
        foreach (JsonElement resource in AllResources.Parsed)
        {
            foreach (JsonElement coding in Objects(resource).Where(o => Is(o, "urn:iso:std:iso:11073:10101")))
            {
                string display = coding.TryGetProperty("display", out JsonElement name) ? name.GetString()! : "";
                Assert.Contains($"{coding.GetProperty("code").GetString()} {display}", terms);
            }

            foreach (JsonElement quantity in Objects(resource).Where(o => Is(o, "http://unitsofmeasure.org")))
            {
                Assert.Contains(quantity.GetProperty("code").GetString()!, units);
            }
        }
    }

    [Fact]
    public void Every_bit_that_is_written_has_its_name_from_the_table()
    {
        HashSet<string> bits = [.. Rows.Select(row => $"{row[Code]} {row[RefId]}")];
        foreach (JsonElement coding in AllResources.Parsed.SelectMany(Objects).Where(o => Is(o, "http://terminology.hl7.org/CodeSystem/ASN1ToHL7")))
        {
            Assert.Contains($"{coding.GetProperty("code").GetString()} ASN1ToHL7:{coding.GetProperty("display").GetString()}", bits);
        }
    }

    private static bool Is(JsonElement element, string system) =>
        element.TryGetProperty("system", out JsonElement value) && value.GetString() == system && element.TryGetProperty("code", out _);

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
