using System.Globalization;
using HomeHub.Core.Household;

namespace HomeHub.Web.SignIn;

/// <summary>
/// Checks PINs and claim codes, one after the other, and counts wrong ones (docs/decisions/0040): by account and address, 5 free; by account over all addresses,
/// 20 free. A browser in which the account was signed in before is counted by itself alone, so that no guest can keep it out. A wrong try is on disk before
/// anything is compared: whoever cuts the power gains nothing.
/// </summary>
internal sealed class SignInDesk(IHousehold household, TimeProvider time) : IDisposable
{
    /// <summary>Wrong tries of an account that cost nothing, all addresses together.</summary>
    public const int FreeOverAll = 20;

    /// <summary>What wrong claim codes are counted under: no account, for there is none yet.</summary>
    private const int ClaimAccount = -1;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Checks an account's PIN.</summary>
    /// <param name="account">The account.</param>
    /// <param name="pin">What was typed.</param>
    /// <param name="address">Where from.</param>
    /// <param name="knownBrowser">Name of a browser in which this account was signed in before; null for any other.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    public Task<SignInOutcome> CheckPinAsync(int account, string pin, string address, string? knownBrowser, CancellationToken cancellation) => TryAsync(
        account,
        address,
        knownBrowser,
        async () =>
        {
            AccountPin kept = await household.GetPinAsync(account, cancellation).ConfigureAwait(false);
            return pin.Length is > 0 and <= PinRules.MaxDigits && await Task.Run(() => PinHash.Matches(pin, kept.Hash), cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Uses the claim code up and sets the nurse's PIN, if the code is right.</summary>
    public Task<SignInOutcome> ClaimAsync(string? typedCode, string pin, string address, CancellationToken cancellation) => TryAsync(
        ClaimAccount,
        address,
        null,
        async () => ClaimCode.Normalise(typedCode) is { } code
            && await household.ClaimAsync(code, await HashAsync(pin, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false),
        cancellation);

    /// <summary>Checks the claim code, which stays.</summary>
    public Task<SignInOutcome> CheckClaimAsync(string? typedCode, string address, CancellationToken cancellation) => TryAsync(
        ClaimAccount,
        address,
        null,
        async () => ClaimCode.Normalise(typedCode) is { } code && code == await household.GetClaimCodeAsync(cancellation).ConfigureAwait(false),
        cancellation);

    /// <summary>Hashes a PIN, away from the caller: it takes a tenth of a second and more.</summary>
    public static Task<string> HashAsync(string pin, CancellationToken cancellation) => Task.Run(() => PinHash.Create(pin), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static (string Key, int Free)[] KeysOf(int account, string address, string? knownBrowser)
    {
        string name = account.ToString(CultureInfo.InvariantCulture);
        return knownBrowser is null
            ? [($"{name}@{address}", LockOut.FreeTries), (name, FreeOverAll)]
            : [($"{name}@browser:{knownBrowser}", LockOut.FreeTries)];
    }

    /// <summary>One at a time, so that tries sent together are counted one after the other.</summary>
    private async Task<SignInOutcome> TryAsync(int account, string address, string? knownBrowser, Func<Task<bool>> isRight, CancellationToken cancellation)
    {
        (string Key, int Free)[] keys = KeysOf(account, address, knownBrowser);
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            TimeSpan wait = await WaitAsync(keys, now, cancellation).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                return new SignInOutcome(false, wait);
            }

            foreach ((string key, _) in keys)
            {
                await household.AddTryAsync(key, now, cancellation).ConfigureAwait(false);
            }

            if (!await isRight().ConfigureAwait(false))
            {
                return new SignInOutcome(false, await WaitAsync(keys, now, cancellation).ConfigureAwait(false));
            }

            foreach ((string key, _) in keys)
            {
                await household.ClearTriesAsync(key, CancellationToken.None).ConfigureAwait(false);
            }

            return new SignInOutcome(true, TimeSpan.Zero);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<TimeSpan> WaitAsync((string Key, int Free)[] keys, DateTimeOffset now, CancellationToken cancellation)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach ((string key, int free) in keys)
        {
            TimeSpan wait = LockOut.Remaining(await household.GetTriesAsync(key, cancellation).ConfigureAwait(false), now, free);
            longest = wait > longest ? wait : longest;
        }

        return longest;
    }
}
