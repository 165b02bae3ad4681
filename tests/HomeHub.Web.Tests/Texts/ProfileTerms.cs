using System.Reflection;
using HomeHub.Profiles;

namespace HomeHub.Web.Tests.Texts;

/// <summary>What the profiles can make appear on a page, read from their own tables: every term of a value or an answer, and every bit's name.</summary>
internal static class ProfileTerms
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>What says which kind of device it is, and what tells values of one code apart, stands on no page.</summary>
    private static readonly string[] NotShown = ["Specialization", "SpotModality", "FastModality", "SlowModality", "Locations", "Subcutaneous"];

    public static IReadOnlyList<MdcTerm> Terms { get; } =
    [
        .. FieldsOf("Terms").Where(field => !NotShown.Contains(field.Name)).SelectMany(field => field.GetValue(null) switch
        {
            MdcTerm term => [term],
            MdcTerm[] terms => terms,
            _ => (MdcTerm[])[],
        }).Where(term => term.Code != 0).Distinct(),
    ];

    public static IReadOnlyList<string> Bits { get; } =
    [
        .. FieldsOf("Readings").SelectMany(field => field.GetValue(null) switch
        {
            string[] names when field.Name.EndsWith("Names", StringComparison.Ordinal) => names,
            BitState[] states => states.Select(state => state.Name),
            _ => [],
        }).Where(name => name.Length > 0).Distinct(),
    ];

    private static IEnumerable<FieldInfo> FieldsOf(string ending) =>
        typeof(ProfileRegistry).Assembly.GetTypes().Where(type => type.Name.EndsWith(ending, StringComparison.Ordinal)).SelectMany(type => type.GetFields(Own));
}
