namespace HomeHub.Core.Buffering;

/// <summary>Who gets readings. Each has its own delivery state for each reading.</summary>
/// <param name="Slug">Name in topics: 1 to 32 of a-z, 0-9 and dash.</param>
public sealed record Recipient(string Slug)
{
    /// <summary>The health-care team: the one recipient until consent brings more.</summary>
    public static readonly Recipient CareTeam = new("care-team");
}
