namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>All rows of gatt-vectors.tsv (from outside) and spec-vectors.tsv (put together from the specifications).</summary>
internal static class GattVectors
{
    public static readonly IReadOnlyList<GattVector> FromOutside = Read("gatt-vectors.tsv");

    public static readonly IReadOnlyList<GattVector> All = [.. FromOutside, .. Read("spec-vectors.tsv")];

    private static readonly Dictionary<string, GattVector> ById = All.ToDictionary(vector => vector.Id);

    /// <summary>Rows of characteristics that the registry decodes and that it must accept.</summary>
    public static IEnumerable<GattVector> Valid => All.Where(vector =>
        vector.IsGatt && !vector.IsMalformed && CharacteristicFacts.Find(vector.Uuid) is { } facts
        && facts.RulingOn(vector)?.Rejected is null);

    public static GattVector Get(string id) => ById[id];

    private static GattVector[] Read(string file) =>
        VectorFile.Rows(file).Select(c => new GattVector(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7])).ToArray();
}
