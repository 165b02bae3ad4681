using System.Globalization;
using System.Reflection;
using HomeHub.Profiles;

namespace HomeHub.Architecture.Tests;

/// <summary>Codes in the code and codes in the table are the same.</summary>
public sealed class NomenclatureTests
{
    private static readonly ILookup<uint, string> Table = ReadTable();

    public static TheoryData<string> TermSets =>
        [.. typeof(MdcTerm).Assembly.GetTypes().Where(type => Terms(type).Any()).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(TermSets))]
    public void Every_term_stands_in_the_table_under_its_reference_identifier(string typeName)
    {
        Type type = typeof(MdcTerm).Assembly.GetType(typeName)!;
        foreach ((string field, MdcTerm term) in Terms(type))
        {
            Assert.True(Table.Contains(term.Code), $"{type.Name}.{field}: docs/nomenclature.tsv has no code {term.Code}.");
            Assert.True(
                term.RefId.Length == 0 || Table[term.Code].Contains(term.RefId),
                $"{type.Name}.{field}: {term.RefId} here, {string.Join(" or ", Table[term.Code].Distinct())} in docs/nomenclature.tsv.");
        }
    }

    private static IEnumerable<(string Name, MdcTerm Term)> Terms(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(MdcTerm))
            .Select(field => (field.Name, (MdcTerm)field.GetValue(null)!));

    private static ILookup<uint, string> ReadTable()
    {
        string[][] rows = [.. Repository.Read("docs/nomenclature.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        int code = Array.IndexOf(rows[0], "mdc_code");
        int refId = Array.IndexOf(rows[0], "mdc_refid");
        return rows.Skip(1)
            .Where(row => uint.TryParse(row[code], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToLookup(row => uint.Parse(row[code], CultureInfo.InvariantCulture), row => row[refId]);
    }
}
