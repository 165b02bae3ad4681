namespace HomeHub.Profiles.Wire;

/// <summary>Tells whether the check of a vendor's frame is right.</summary>
/// <param name="frame">A frame as long as it says.</param>
public delegate bool FrameCheck(ReadOnlySpan<byte> frame);
