namespace HomeHub.Profiles.OmronMemory;

/// <summary>Puts an answer together from the four channels that it is notified on, 16 octets each, in any order. Pure; holds one answer. Not safe for several threads.</summary>
public sealed class OmronChannels
{
    /// <summary>Channels of a monitor.</summary>
    public const int Count = 4;

    private readonly byte[]?[] _parts = new byte[Count][];

    /// <summary>
    /// Takes what came on a channel; gives the frame when it is whole, as far as its length tells, else null. Monitors with one channel tell a frame in one piece on it.
    /// </summary>
    /// <param name="channel">0 to 3; the first octet of channel 0 is the frame's length.</param>
    /// <param name="octets">What was notified; octets beyond 16 are none of the frame.</param>
    public byte[]? Accept(int channel, ReadOnlySpan<byte> octets)
    {
        if (channel is < 0 or >= Count || octets.IsEmpty)
        {
            return null;
        }

        if (channel == 0 && octets[0] is >= OmronFrame.OverheadOctets and var whole && octets.Length >= whole && OmronFrame.IsWhole(octets[..whole]))
        {
            Clear();
            return octets[..whole].ToArray();
        }

        _parts[channel] = octets[..Math.Min(octets.Length, OmronFrame.ChannelOctets)].ToArray();
        if (_parts[0] is not { } first)
        {
            return null;
        }

        int length = first[0];
        int channels = Math.Clamp((length + OmronFrame.ChannelOctets - 1) / OmronFrame.ChannelOctets, 1, Count);
        if (_parts.Take(channels).Any(part => part is null))
        {
            return null;
        }

        byte[] all = [.. _parts.Take(channels).SelectMany(part => part!)];
        Clear();
        return all[..Math.Min(all.Length, length)];
    }

    /// <summary>Forgets what came: the next answer starts anew.</summary>
    public void Clear() => Array.Clear(_parts);
}
