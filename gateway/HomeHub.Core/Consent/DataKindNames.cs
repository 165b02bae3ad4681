using System.Numerics;
using HomeHub.Core.Naming;

namespace HomeHub.Core.Consent;

/// <summary>The names of <see cref="DataKinds"/> in commands, files and pages.</summary>
public static class DataKindNames
{
    private static readonly (DataKinds Kind, string Name)[] Table =
    [
        .. Enum.GetValues<DataKinds>().Where(kind => kind != DataKinds.None).Select(kind => (kind, KebabName.Of(kind))),
    ];

    /// <summary>Every single kind, in order.</summary>
    public static IReadOnlyList<DataKinds> All { get; } = Array.ConvertAll(Table, row => row.Kind);

    /// <summary>
    /// The kinds that a person's own devices tell, in order: what somebody means who gives "all". The room is everybody's at home, and is only given where it is named.
    /// </summary>
    public static IReadOnlyList<DataKinds> OfPerson { get; } = [.. All.Where(kind => kind != DataKinds.Room)];

    /// <summary>The name of a single kind, <c>blood-pressure</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none, or several.</exception>
    public static string ToName(this DataKinds kind) =>
        BitOperations.IsPow2((int)kind) && Array.Find(Table, row => row.Kind == kind).Name is { } name ? name : throw new ArgumentOutOfRangeException(nameof(kind));

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? name, out DataKinds kind)
    {
        kind = Array.Find(Table, row => row.Name == name).Kind;
        return kind != DataKinds.None;
    }

    /// <summary>The single kinds among several.</summary>
    public static IEnumerable<DataKinds> Single(this DataKinds kinds) => All.Where(kind => (kinds & kind) != 0);
}
