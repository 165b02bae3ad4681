namespace HomeHub.Profiles.Wire;

/// <summary>How frames stand in a vendor's stream, whose notifications cut them anywhere.</summary>
/// <param name="LengthOf">Tells where a frame starts and how long it is.</param>
/// <param name="MaxOctets">Longest frame.</param>
public sealed record FrameLayout(FrameLength LengthOf, int MaxOctets)
{
    /// <summary>Whether a frame's check is right; null where frames have none.</summary>
    public FrameCheck? IsWhole { get; init; }

    /// <summary>A reader for one connection.</summary>
    public FrameReader Read() => new(LengthOf, MaxOctets, IsWhole);
}
