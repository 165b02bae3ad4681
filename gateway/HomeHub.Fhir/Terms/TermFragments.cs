using System.Collections.Concurrent;
using HomeHub.Fhir.Writing;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Terms;

/// <summary>The fragments of terms and units met so far: made once, kept. There are as many as the profiles have terms.</summary>
internal static class TermFragments
{
    /// <summary>More than all profiles together have; beyond it a fragment is made each time.</summary>
    private const int MaxTerms = 4096;

    private static readonly ConcurrentDictionary<uint, TermFragment> Terms = new();
    private static readonly ConcurrentDictionary<Unit, byte[]> Units = new(ReferenceEqualityComparer.Instance);
    private static readonly ConcurrentDictionary<string, byte[]> BitNames = new();

    /// <summary>The fragments of a term.</summary>
    public static TermFragment Of(MdcTerm term)
    {
        if (Terms.TryGetValue(term.Code, out TermFragment? known) && known.Term.RefId == term.RefId)
        {
            return known;
        }

        var made = new TermFragment(term);
        if (known is null && Terms.Count < MaxTerms)
        {
            Terms.TryAdd(term.Code, made);
        }

        return made;
    }

    /// <summary>What follows the number in a Quantity: <c>,"unit":…,"system":…,"code":…}</c>.</summary>
    public static byte[] Of(Unit unit)
    {
        if (Units.TryGetValue(unit, out byte[]? known))
        {
            return known;
        }

        byte[] made = UnitElement(unit);
        if (Units.Count < MaxTerms)
        {
            Units.TryAdd(unit, made);
        }

        return made;
    }

    /// <summary>The name of a bit, inside of a JSON string.</summary>
    public static byte[] BitName(string name)
    {
        if (BitNames.TryGetValue(name, out byte[]? known))
        {
            return known;
        }

        byte[] made = JsonBuffer.Escape(name);
        if (BitNames.Count < MaxTerms)
        {
            BitNames.TryAdd(name, made);
        }

        return made;
    }

    private static byte[] UnitElement(Unit unit)
    {
        var json = new JsonBuffer();
        json.Raw(",\"unit\":"u8);
        json.Text(unit.Text);
        json.Raw(",\"system\":\"http://unitsofmeasure.org\",\"code\":"u8);
        json.Text(unit.Ucum);
        json.Raw("}"u8);
        return json.Span.ToArray();
    }
}
