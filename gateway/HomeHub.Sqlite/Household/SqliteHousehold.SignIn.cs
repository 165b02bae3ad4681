using HomeHub.Core.Household;

namespace HomeHub.Sqlite;

/// <summary>PINs, the claim code, wrong tries.</summary>
public sealed partial class SqliteHousehold
{
    /// <inheritdoc/>
    public Task<AccountPin> GetPinAsync(int account, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare("SELECT hash, generation FROM pin WHERE account = ?1").Bind(1, account);
            return select.Step() ? new AccountPin(select.Text(0), select.Int32(1)) : AccountPin.None;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> SetPinAsync(int account, string? hash, CancellationToken cancellation) => _file.RunAsync(() => SetPin(account, hash), cancellation);

    /// <inheritdoc/>
    public Task<string?> GetClaimCodeAsync(CancellationToken cancellation) => _file.RunAsync(ReadClaimCode, cancellation);

    /// <inheritdoc/>
    public Task<string?> EnsureClaimCodeAsync(string fresh, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement add = _connection.Prepare("""
                INSERT INTO claim SELECT 0, ?1 WHERE NOT EXISTS (SELECT 1 FROM claim) AND NOT EXISTS (SELECT 1 FROM pin WHERE account = ?2 AND hash IS NOT NULL)
                """);
            add.Bind(1, fresh).Bind(2, HouseholdAccounts.Nurse).Run();
            return ReadClaimCode();
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> ClaimAsync(string code, string nurseHash, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement use = _connection.Prepare("DELETE FROM claim WHERE code = ?1").Bind(1, code);
            bool isRight = use.Run() > 0;
            if (isRight)
            {
                SetPin(HouseholdAccounts.Nurse, nurseHash);
            }

            _connection.Execute("COMMIT");
            return isRight;
        },
        cancellation);

    /// <inheritdoc/>
    public Task ResetNurseAsync(string fresh, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            SetPin(HouseholdAccounts.Nurse, null);
            _connection.Execute("DELETE FROM tries");
            using Statement keep = _connection.Prepare("INSERT INTO claim VALUES (0, ?1) ON CONFLICT (only_one) DO UPDATE SET code = ?1").Bind(1, fresh);
            keep.Run();
            _connection.Execute("COMMIT");
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<SignInTries> GetTriesAsync(string key, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare("SELECT wrong, last_at FROM tries WHERE key = ?1").Bind(1, key);
            return select.Step() ? new SignInTries(select.Int32(0), DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(1))) : SignInTries.None;
        },
        cancellation);

    /// <inheritdoc/>
    public Task AddTryAsync(string key, DateTimeOffset now, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement old = _connection.Prepare("DELETE FROM tries WHERE last_at < ?1").Bind(1, (now - LockOut.Memory).ToUnixTimeMilliseconds());
            old.Run();
            using Statement add = _connection.Prepare("INSERT INTO tries VALUES (?1, 1, ?2) ON CONFLICT (key) DO UPDATE SET wrong = wrong + 1, last_at = ?2");
            add.Bind(1, key).Bind(2, now.ToUnixTimeMilliseconds()).Run();
            using Statement most = _connection.Prepare("DELETE FROM tries WHERE key IN (SELECT key FROM tries ORDER BY key <> ?1, wrong DESC, last_at DESC LIMIT -1 OFFSET ?2)");
            most.Bind(1, key).Bind(2, IHousehold.MaxTries).Run();
            _connection.Execute("COMMIT");
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task ClearTriesAsync(string key, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement clear = _connection.Prepare("DELETE FROM tries WHERE key = ?1").Bind(1, key);
            return clear.Run();
        },
        cancellation);

    private string? ReadClaimCode()
    {
        using Statement select = _connection.Prepare("SELECT code FROM claim");
        return select.Step() ? select.Text(0) : null;
    }

    /// <summary>One statement, alone or within a transaction.</summary>
    private bool SetPin(int account, string? hash)
    {
        using Statement set = _connection.Prepare("""
            INSERT INTO pin SELECT ?1, ?2, 1 WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM person WHERE number = ?1)
            ON CONFLICT (account) DO UPDATE SET hash = ?2, generation = generation + 1
            """);
        return set.Bind(1, account).Bind(2, hash).Run() > 0;
    }
}
