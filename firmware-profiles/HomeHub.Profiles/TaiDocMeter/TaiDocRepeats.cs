namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// Which record is asked for next, and whether one with the same octets as an earlier one is another record or that one once more. Two measurements of one minute with one value have the same
/// octets; but a record that was moved by a new one comes a second time too. So the earlier ones are asked for once more, backwards: a record only ever moves to higher numbers, so what stands below
/// it now is another one. They are then told apart by how many there are, which is the same in each connection, wherever they have moved. Pure and bounded. Not safe for several threads.
/// </summary>
internal sealed class TaiDocRepeats
{
    /// <summary>Most records with the same octets; further ones are not told.</summary>
    public const int MaxRepeats = 8;

    private readonly List<byte[]> _read = [];
    private readonly Stack<int> _earlier = [];
    private byte[] _candidate = [];
    private int _repeat;

    /// <summary>Number of the record to be asked for.</summary>
    public int Index => _earlier.Count > 0 ? _earlier.Peek() : _read.Count;

    /// <summary>True while earlier records are asked for once more.</summary>
    public bool IsLookingBack => _earlier.Count > 0;

    /// <summary>True when there were more than <see cref="MaxRepeats"/> of a kind.</summary>
    public bool HasLeftOut { get; private set; }

    /// <summary>Takes what stands at <see cref="Index"/>.</summary>
    /// <param name="octets">Its time and value.</param>
    /// <param name="repeat">How many with the same octets are newer, when it is to be told; null when it is not, or not yet.</param>
    /// <returns>False when the records have moved.</returns>
    public bool TryAdd(byte[] octets, out int? repeat)
    {
        repeat = null;
        if (_earlier.Count > 0)
        {
            if (!octets.AsSpan().SequenceEqual(_candidate))
            {
                return false;
            }

            _earlier.Pop();
            if (_earlier.Count == 0)
            {
                repeat = _repeat;
                _read.Add(_candidate);
            }

            return true;
        }

        // The newest of them ends on the bottom: the one below this record is asked for first.
        for (int i = 0; i < _read.Count; i++)
        {
            if (_read[i].AsSpan().SequenceEqual(octets))
            {
                _earlier.Push(i);
            }
        }

        (_candidate, _repeat) = (octets, _earlier.Count);
        if (_repeat > MaxRepeats)
        {
            HasLeftOut = true;
            _earlier.Clear();
            _read.Add(octets);
        }
        else if (_repeat == 0)
        {
            repeat = 0;
            _read.Add(octets);
        }

        return true;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _read.Clear();
        _earlier.Clear();
        HasLeftOut = false;
    }
}
