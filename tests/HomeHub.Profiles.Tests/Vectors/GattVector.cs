using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>One row of gatt-vectors.tsv.</summary>
internal sealed partial record GattVector(
    string Id, string Service, string Characteristic, string Hex, string ExpectedJson, string Kind, string Note, string Source)
{
    private const string Disagree = "DISAGREE: spec decode gives ";

    public byte[] Octets => Convert.FromHexString(Hex);

    /// <summary>False for memory dumps, and for bare floats and checksums. Service data of an advertisement is told by its service.</summary>
    public bool IsGatt => BluetoothUuid.TryParse(UuidText, out _);

    public BluetoothUuid Uuid => BluetoothUuid.Parse(UuidText);

    private string UuidText => Characteristic.StartsWith("ADV-", StringComparison.Ordinal) ? Characteristic[4..] : Characteristic;

    public bool IsMalformed => Kind == "malformed";

    /// <summary>What the specification says: for a known-bad row that is in the note, not in the source's expectation.</summary>
    public IReadOnlyDictionary<string, JsonElement> Expected =>
        Parse(Kind == "known-bad" ? FromNote(Note) : ExpectedJson);

    public static IReadOnlyDictionary<string, JsonElement> Parse(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    public override string ToString() => Id;

    private static string FromNote(string note)
    {
        int start = note.IndexOf(Disagree, StringComparison.Ordinal);
        Assert.True(start >= 0, "a known-bad row must say what the specification gives");
        MatchCollection pairs = Pair().Matches(note[(start + Disagree.Length)..]);
        Assert.NotEmpty(pairs);
        return "{" + string.Join(",", pairs.Select(pair => $"\"{pair.Groups[1].Value}\":{pair.Groups[2].Value}")) + "}";
    }

    [GeneratedRegex("""(\w+)=("[^"]*"|\[[^\]]*\]|[^,\s]+)""")]
    private static partial Regex Pair();
}
