using HomeHub.Core.Identity;

namespace HomeHub.Core.Household;

/// <summary>
/// Port: who lives with the hub, how they sign in at its pages, and what the pages remember. Durable, and for several processes at a time: the hub that runs and
/// commands beside it. Each member sees what others have saved before it was called.
/// </summary>
public interface IHousehold : IAsyncDisposable
{
    /// <summary>Longest name of a setting, in characters.</summary>
    const int MaxKeyChars = 64;

    /// <summary>Longest value of a setting, in characters.</summary>
    const int MaxValueChars = 4096;

    /// <summary>Most countings of wrong tries that are kept; beyond it, those of the fewest are forgotten, and of these those that rest longest.</summary>
    const int MaxTries = 1000;

    /// <summary>All people, by number.</summary>
    Task<IReadOnlyList<HouseholdPerson>> ListPeopleAsync(CancellationToken cancellation);

    /// <summary>A person by number; null when there is none.</summary>
    Task<HouseholdPerson?> FindPersonAsync(int number, CancellationToken cancellation);

    /// <summary>Adds those of <paramref name="patients"/> who are not here yet, without name, language and PIN. Idempotent.</summary>
    Task AddPeopleAsync(IReadOnlyList<PatientReference> patients, CancellationToken cancellation);

    /// <summary>Replaces a person's name and language; false when the person is not here. The rest of <paramref name="person"/> is not looked at.</summary>
    Task<bool> SavePersonAsync(HouseholdPerson person, CancellationToken cancellation);

    /// <summary>Removes a person with PIN; readings and devices are not the household's and stay. False when there was none.</summary>
    Task<bool> RemovePersonAsync(int number, CancellationToken cancellation);

    /// <summary>The PIN of an account; <see cref="AccountPin.None"/> where there never was one.</summary>
    Task<AccountPin> GetPinAsync(int account, CancellationToken cancellation);

    /// <summary>Sets the PIN of an account, or with null takes it away; the generation grows either way. False when the account is nobody's.</summary>
    Task<bool> SetPinAsync(int account, string? hash, CancellationToken cancellation);

    /// <summary>The claim code that waits to be used; null when it was.</summary>
    Task<string?> GetClaimCodeAsync(CancellationToken cancellation);

    /// <summary>Keeps <paramref name="fresh"/> as the claim code unless there is one already, or the nurse has a PIN.</summary>
    /// <returns>The code that counts; null when the hub was claimed.</returns>
    Task<string?> EnsureClaimCodeAsync(string fresh, CancellationToken cancellation);

    /// <summary>Uses the claim code up and sets the nurse's PIN, in one durable step; false, and nothing is done, when it is not the code that waits.</summary>
    Task<bool> ClaimAsync(string code, string nurseHash, CancellationToken cancellation);

    /// <summary>Takes the nurse's PIN away and keeps <paramref name="fresh"/> as the claim code, in one durable step. All wrong tries are forgotten.</summary>
    Task ResetNurseAsync(string fresh, CancellationToken cancellation);

    /// <summary>Wrong tries under a name; <see cref="SignInTries.None"/> when there are none.</summary>
    Task<SignInTries> GetTriesAsync(string key, CancellationToken cancellation);

    /// <summary>Counts one more wrong try, durably, and forgets what is older than <see cref="LockOut.Memory"/>.</summary>
    Task AddTryAsync(string key, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Forgets the wrong tries under a name.</summary>
    Task ClearTriesAsync(string key, CancellationToken cancellation);

    /// <summary>A setting; null when it was never set.</summary>
    Task<string?> GetSettingAsync(string key, CancellationToken cancellation);

    /// <summary>Sets a setting; null removes it.</summary>
    Task SetSettingAsync(string key, string? value, CancellationToken cancellation);
}
