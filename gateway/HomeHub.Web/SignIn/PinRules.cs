using HomeHub.Core.Household;

namespace HomeHub.Web.SignIn;

/// <summary>What a PIN may be: digits only, 6 to 12 for the nurse, 4 to 12 for a person; not one digit again and again, nor digits in a row.</summary>
internal static class PinRules
{
    public const int MaxDigits = 12, MinNurseDigits = 6, MinPersonDigits = 4;

    /// <summary>Fewest digits for an account.</summary>
    public static int MinDigits(int account) => account == HouseholdAccounts.Nurse ? MinNurseDigits : MinPersonDigits;

    /// <summary>What is wrong with a PIN that was chosen; null when nothing is.</summary>
    /// <param name="account">Whose it shall be.</param>
    /// <param name="pin">The PIN.</param>
    /// <param name="again">The PIN once more, as it was typed to be sure.</param>
    public static PinProblem? Check(int account, string pin, string again)
    {
        if (pin.Length < MinDigits(account) || pin.Length > MaxDigits || !pin.All(char.IsAsciiDigit))
        {
            return PinProblem.Length;
        }

        if (pin != again)
        {
            return PinProblem.Different;
        }

        int[] steps = [.. pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct()];
        return steps is [0] or [1] or [-1] ? PinProblem.TooEasy : null;
    }
}
