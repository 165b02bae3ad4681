namespace HomeHub.Profiles.OmronMemory;

/// <summary>What a monitor wants before it lets its memory be read.</summary>
public enum OmronAccess
{
    /// <summary>A key that was written into it while it was paired. The hub writes none, so such a monitor is not read.</summary>
    WrittenKey,

    /// <summary>A number that it echoes, over a bond.</summary>
    Token,
}
