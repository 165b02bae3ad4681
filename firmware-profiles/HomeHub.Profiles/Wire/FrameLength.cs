namespace HomeHub.Profiles.Wire;

/// <summary>Tells the length of a vendor's frame from its first octets.</summary>
/// <param name="octets">What came so far, at least one octet; may hold less or more than the frame.</param>
/// <returns>Octets of the frame; 0 while too few came to tell; -1 when no frame starts here.</returns>
public delegate int FrameLength(ReadOnlySpan<byte> octets);
