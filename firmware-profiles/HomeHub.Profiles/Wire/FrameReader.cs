namespace HomeHub.Profiles.Wire;

/// <summary>
/// Puts the frames of a vendor's stream together from notifications, which cut them anywhere. Octets that start no frame are dropped and counted,
/// one by one, until one does. Pure, and holds less than one frame. Not safe for several threads.
/// </summary>
/// <param name="lengthOf">Tells where a frame starts and how long it is.</param>
/// <param name="maxFrameOctets">Longest frame; a longer one is none.</param>
public sealed class FrameReader(FrameLength lengthOf, int maxFrameOctets)
{
    private const int NoFrame = -1;

    private readonly List<byte> _waiting = [];

    /// <summary>Octets that were dropped because no frame starts with them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Octets that wait for the rest of their frame.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Takes a notification and gives the frames that are whole by now, in order; none is an empty list.</summary>
    public IReadOnlyList<byte[]> Accept(ReadOnlySpan<byte> octets)
    {
        List<byte[]> frames = [];
        _waiting.AddRange(octets);
        byte[] all = [.. _waiting];
        int start = 0;
        while (start < all.Length)
        {
            int length = lengthOf(all.AsSpan(start));
            if (length == NoFrame || length > maxFrameOctets)
            {
                Dropped++;
                start++;
            }
            else if (length == 0 || start + length > all.Length)
            {
                break;
            }
            else
            {
                frames.Add(all[start..(start + length)]);
                start += length;
            }
        }

        _waiting.Clear();
        _waiting.AddRange(all.AsSpan(start));
        return frames;
    }
}
