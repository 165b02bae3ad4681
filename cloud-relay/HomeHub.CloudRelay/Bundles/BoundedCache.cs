namespace HomeHub.CloudRelay.Bundles;

/// <summary>Remembers what a piece of input was read as. When it is full it starts anew: simple, bounded, and the usual content is small.</summary>
/// <typeparam name="T">What is remembered.</typeparam>
/// <param name="maxEntries">Most entries.</param>
/// <param name="maxKeyBytes">Longest key that is worth keeping.</param>
internal sealed class BoundedCache<T>(int maxEntries, int maxKeyBytes)
    where T : class
{
    private readonly Dictionary<byte[], T> _entries = new(Utf8Comparer.Instance);

    /// <summary>What was remembered for the key, or null.</summary>
    public T? Find(ReadOnlySpan<byte> key) =>
        _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var value) ? value : null;

    /// <summary>Remembers a value.</summary>
    public T Add(ReadOnlySpan<byte> key, T value)
    {
        if (key.Length <= maxKeyBytes)
        {
            if (_entries.Count >= maxEntries)
            {
                _entries.Clear();
            }

            _entries[key.ToArray()] = value;
        }

        return value;
    }
}
