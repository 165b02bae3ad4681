namespace HomeHub.BlueZ;

/// <summary>A change of an interface of one of BlueZ's objects.</summary>
/// <param name="Path">The object.</param>
/// <param name="Interface">The interface.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Properties">New values; empty for a removal.</param>
internal readonly record struct ObjectChange(string Path, string Interface, ObjectChangeKind Kind, IReadOnlyDictionary<string, object> Properties)
{
    /// <summary>A value that changed; default when it did not or is of another type.</summary>
    public bool Tells<T>(string property, out T value)
    {
        bool tells = Properties.TryGetValue(property, out object? found) && found is T;
        value = tells ? (T)found! : default!;
        return tells;
    }
}
