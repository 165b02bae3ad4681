using HomeHub.Core.Household;

namespace HomeHub.Web.SignIn;

/// <summary>Who is signed in.</summary>
/// <param name="Account">The account: <see cref="HouseholdAccounts.Nurse"/>, or the person's number.</param>
/// <param name="Generation">Generation of the account's PIN under which it was signed in.</param>
/// <param name="StartedAt">When.</param>
/// <param name="ExpiresAt">When it ends if nothing is asked for until then.</param>
public sealed record PageSession(int Account, int Generation, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Longest time in which one sign-in counts, however busy.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>True for the nurse.</summary>
    public bool IsNurse => Account == HouseholdAccounts.Nurse;

    /// <summary>How long an account may rest before it is signed out: the nurse 15 minutes, a person 30.</summary>
    public static TimeSpan IdleLimit(int account) => TimeSpan.FromMinutes(account == HouseholdAccounts.Nurse ? 15 : 30);
}
