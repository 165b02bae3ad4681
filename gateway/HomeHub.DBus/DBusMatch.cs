namespace HomeHub.DBus;

/// <summary>Which signals are wanted (D-Bus specification, match rules). What is null is not asked for.</summary>
public sealed record DBusMatch
{
    /// <summary>Name of the sender; for a well-known name only signals of its owner are given.</summary>
    public string? Sender { get; init; }

    /// <summary>The object.</summary>
    public string? Path { get; init; }

    /// <summary>The object or anything below it.</summary>
    public string? PathNamespace { get; init; }

    /// <summary>The interface.</summary>
    public string? Interface { get; init; }

    /// <summary>The name of the signal.</summary>
    public string? Member { get; init; }

    /// <summary>The first argument, a text.</summary>
    public string? Arg0 { get; init; }

    /// <summary>The rule as the bus takes it.</summary>
    public string ToRule()
    {
        (string Key, string? Value)[] parts =
        [
            ("sender", Sender), ("path", Path), ("path_namespace", PathNamespace), ("interface", Interface), ("member", Member), ("arg0", Arg0),
        ];
        return "type='signal'" + string.Concat(parts.Where(part => part.Value is not null).Select(part => $",{part.Key}='{part.Value}'"));
    }

    /// <summary>True when all but the sender fits.</summary>
    internal bool Fits(DBusSignal signal) =>
        (Path is null || Path == signal.Path)
        && (PathNamespace is null || IsBelow(signal.Path, PathNamespace))
        && (Interface is null || Interface == signal.Interface)
        && (Member is null || Member == signal.Member)
        && (Arg0 is null || (signal.Arguments is [string first, ..] && first == Arg0));

    private static bool IsBelow(string path, string root) =>
        root == "/" || path == root || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/');
}
