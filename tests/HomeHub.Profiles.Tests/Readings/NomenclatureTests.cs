using System.Collections;
using System.Reflection;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.Readings;

/// <summary>Every term and every unit that a profile uses stands in the nomenclature, under the same code and name.</summary>
public class NomenclatureTests
{
    private const int CodeColumn = 4;
    private const int RefIdColumn = 5;
    private const int UcumColumn = 7;

    private static readonly HashSet<(string Code, string RefId)> Terms =
        VectorFile.Rows("nomenclature.tsv").Select(row => (row[CodeColumn], row[RefIdColumn])).ToHashSet();

    private static readonly HashSet<string> UcumCodes =
        VectorFile.Rows("nomenclature.tsv").SelectMany(row => row[UcumColumn].Split('|', ';')).Select(code => code.Trim()).ToHashSet();

    public static TheoryData<string, uint, string> DeclaredTerms()
    {
        var data = new TheoryData<string, uint, string>();
        foreach (Type type in typeof(MdcTerm).Assembly.GetTypes())
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            {
                object? value = field.FieldType == typeof(MdcTerm) || field.FieldType == typeof(MdcTerm[]) ? field.GetValue(null) : null;
                foreach (MdcTerm term in value is IEnumerable many ? many.Cast<MdcTerm>() : value is MdcTerm one ? [one] : [])
                {
                    if (term.Code != 0)
                    {
                        data.Add($"{type.Name}.{field.Name}", term.Code, term.RefId);
                    }
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(DeclaredTerms))]
    public void A_term_stands_in_the_nomenclature(string where, uint code, string refId)
    {
        Assert.NotEqual("", where);
        Assert.Contains((code.ToString(System.Globalization.CultureInfo.InvariantCulture), refId), Terms);
    }

    [Fact]
    public void A_bit_that_a_vector_sets_stands_in_the_nomenclature()
    {
        int seen = 0;
        foreach (GattVector vector in GattVectors.Valid)
        {
            DecodeResult result = ProfileRegistry.Decode(vector.Uuid, vector.Octets, CharacteristicFacts.Find(vector.Uuid)!.ContextOf(vector));
            foreach (BitsEnumerationValue bits in result.Readings.SelectMany(reading => reading.Values).OfType<BitsEnumerationValue>())
            {
                Assert.All(bits.Bits, bit => Assert.Contains(($"{bits.Code.Code}.{bit.Bit}", $"ASN1ToHL7:{bit.Name}"), Terms));
                seen += bits.Bits.Length;
            }
        }

        Assert.True(seen > 20, $"only {seen} bits were seen");
    }

    [Fact]
    public void A_unit_stands_in_the_nomenclature()
    {
        Unit[] units = typeof(Units).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Unit)field.GetValue(null)!).ToArray();
        Assert.NotEmpty(units);
        // Imperial units and medication by volume: the table names them in its text only.
        string[] inNotesOnly = ["[degF]", "[lb_av]", "[in_i]", "mL"];
        Assert.All(units, unit => Assert.True(UcumCodes.Contains(unit.Ucum) || inNotesOnly.Contains(unit.Ucum), unit.Ucum));
        Assert.All(units, unit => Assert.NotEqual("", unit.Text));
    }
}
