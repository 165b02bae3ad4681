namespace HomeHub.Profiles.Wire;

/// <summary>
/// Puts the frames of a vendor's stream together from notifications, which cut them anywhere. Octets that start no frame are dropped and counted,
/// one by one, until one does. A frame with a wrong check is given too, but the next one is looked for within it: what looked like a beginning may have been none, and a length that
/// is not true must not swallow the frames behind it. Pure, and holds less than one frame. Not safe for several threads.
/// </summary>
/// <param name="lengthOf">Tells where a frame starts and how long it is.</param>
/// <param name="maxFrameOctets">Longest frame; a longer one is none.</param>
/// <param name="isWhole">Whether a frame's check is right; null where frames have none.</param>
public sealed class FrameReader(FrameLength lengthOf, int maxFrameOctets, FrameCheck? isWhole = null)
{
    private const int NoFrame = -1;

    private readonly List<byte> _waiting = [];

    /// <summary>Octets that were dropped because no frame starts with them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Octets that wait for the rest of their frame.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Forgets a frame that is not whole: where a device is asked, the rest of an answer that was cut short does not come, and what comes is the next one.</summary>
    public void Clear()
    {
        Dropped += _waiting.Count;
        _waiting.Clear();
    }

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
                byte[] frame = all[start..(start + length)];
                frames.Add(frame);
                start += isWhole is null || isWhole(frame) ? length : 1;
            }
        }

        _waiting.Clear();
        _waiting.AddRange(all.AsSpan(start));
        return frames;
    }
}
