namespace HomeHub.Profiles;

/// <summary>Builds the bits of a Bits Enumeration.</summary>
public static class BitStates
{
    /// <summary>Events: the bits that are set, in order of their MDER numbers; cleared ones and those without a name are not reported.</summary>
    /// <param name="set">Whether each MDER bit, from 0, is set.</param>
    /// <param name="names">ASN.1 name of each; empty where the bit has none.</param>
    public static BitState[] Events(ReadOnlySpan<bool> set, ReadOnlySpan<string> names)
    {
        int count = 0;
        for (int bit = 0; bit < set.Length; bit++)
        {
            count += set[bit] && names[bit].Length > 0 ? 1 : 0;
        }

        if (count == 0)
        {
            return [];
        }

        var states = new BitState[count];
        int next = 0;
        for (int bit = 0; bit < set.Length; bit++)
        {
            if (set[bit] && names[bit].Length > 0)
            {
                states[next++] = new BitState((byte)bit, names[bit], true);
            }
        }

        return states;
    }

    /// <summary>Events, as above, from a word whose bit n (1 &lt;&lt; n) tells of MDER bit n; bits beyond <paramref name="names"/> are not reported.</summary>
    /// <param name="set">The bits, at most 32.</param>
    /// <param name="names">ASN.1 name of each MDER bit, from 0; empty where the bit has none.</param>
    public static BitState[] Events(uint set, ReadOnlySpan<string> names)
    {
        int last = Math.Min(names.Length, 32);
        int count = 0;
        for (int bit = 0; bit < last; bit++)
        {
            count += IsReported(set, names, bit) ? 1 : 0;
        }

        if (count == 0)
        {
            return [];
        }

        var states = new BitState[count];
        int next = 0;
        for (int bit = 0; bit < last; bit++)
        {
            if (IsReported(set, names, bit))
            {
                states[next++] = new BitState((byte)bit, names[bit], true);
            }
        }

        return states;
    }

    private static bool IsReported(uint set, ReadOnlySpan<string> names, int bit) => (set & (1u << bit)) != 0 && names[bit].Length > 0;
}
