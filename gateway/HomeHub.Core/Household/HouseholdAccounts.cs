namespace HomeHub.Core.Household;

/// <summary>Who can sign in at the pages: the nurse, and each person by <see cref="HouseholdPerson.Number"/>.</summary>
public static class HouseholdAccounts
{
    /// <summary>The nurse's account, the only one that is not a person's.</summary>
    public const int Nurse = 0;
}
