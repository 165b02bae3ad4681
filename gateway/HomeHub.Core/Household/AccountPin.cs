namespace HomeHub.Core.Household;

/// <summary>The PIN of an account, as it is kept.</summary>
/// <param name="Hash">What the PIN is compared with, salt and cost included; null when the account has none and nobody can sign in.</param>
/// <param name="Generation">Grows with each change: what was signed in under an older one is signed out.</param>
public sealed record AccountPin(string? Hash, int Generation)
{
    /// <summary>An account that never had a PIN.</summary>
    public static readonly AccountPin None = new(null, 0);
}
