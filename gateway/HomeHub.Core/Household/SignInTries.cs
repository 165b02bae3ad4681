namespace HomeHub.Core.Household;

/// <summary>Wrong tries to sign in, of one kind of counting (docs/decisions/0040).</summary>
/// <param name="Wrong">How many since the last right one.</param>
/// <param name="LastAt">When the last one was.</param>
public sealed record SignInTries(int Wrong, DateTimeOffset LastAt)
{
    /// <summary>None.</summary>
    public static readonly SignInTries None = new(0, DateTimeOffset.MinValue);
}
