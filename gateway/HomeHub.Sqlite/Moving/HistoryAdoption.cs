using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.Peripherals;

namespace HomeHub.Sqlite;

/// <summary>Makes another hub's history this hub's, in a folder of its own: checks each file, and changes what is about the machine.</summary>
internal static class HistoryAdoption
{
    private const string PairAgain = "The hub was replaced, and the device knows only the one before. Pair it again; what it has stored is kept.";

    /// <summary>Checks and changes the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="own">This hub, which stays itself.</param>
    /// <param name="ownClaimCode">The code on its label, which stays valid where the other hub had no nurse.</param>
    /// <param name="before">Mark of this hub's own log, which the other one's takes the place of; null: it was empty.</param>
    /// <param name="who">Who takes it in.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="MoveException">A file is damaged, or of a newer program.</exception>
    public static async Task RunAsync(string folder, HubIdentity own, string? ownClaimCode, string? before, string who, DateTimeOffset at, CancellationToken cancellation)
    {
        try
        {
            foreach (string name in MoveFolder.History.Where(name => File.Exists(Path.Combine(folder, name))))
            {
                Check(Path.Combine(folder, name));
            }

            HubIdentity old = AdoptBuffer(Path.Combine(folder, BufferFiles.DatabaseName), own);
            AdoptDevices(folder, at);
            AdoptHousehold(folder, ownClaimCode);
            if (File.Exists(Path.Combine(folder, SqliteConsentBook.FileName)))
            {
                SharedFile.Open(folder, SqliteConsentBook.FileName, ConsentSchema.Steps).Dispose();
            }

            SqliteAuditLog audit = await SqliteAuditLog.OpenAsync(folder, cancellation).ConfigureAwait(false);
            await using (audit.ConfigureAwait(false))
            {
                string? about = AuditAbout.Of((AuditDetail.FromHub, old.Id), (AuditDetail.ToHub, own.Id), (AuditDetail.LogBefore, before));
                await audit.AddAsync(new AuditNote(at, AuditActs.HubTakenIn, who, null, about), cancellation).ConfigureAwait(false);
            }
        }
        catch (BufferException error) when (error.Fault is BufferFault.Damaged or BufferFault.Failed)
        {
            throw new MoveException(MoveProblem.Damaged, error);
        }
        catch (BufferException error) when (error.Fault == BufferFault.NewerSchema)
        {
            throw new MoveException(MoveProblem.NewerVersion, error);
        }
    }

    private static void Check(string path)
    {
        using Connection connection = Connection.OpenWriter(path);
        using Statement check = connection.Prepare("PRAGMA integrity_check(1)");
        if (!check.Step() || check.Text(0) != "ok" || connection.Scalar("PRAGMA user_version") == 0)
        {
            throw new MoveException(MoveProblem.Damaged);
        }
    }

    /// <summary>The hub is itself in topics and as a gateway; what it derives UUIDs in is the space of the hub before, so that what that one sent stays the same.</summary>
    private static HubIdentity AdoptBuffer(string path, HubIdentity own)
    {
        using Connection connection = Connection.OpenWriter(path);
        Schema.Migrate(connection);
        SeenMarks.Of(connection).Dispose();
        HubIdentity old = Opening.ReadHubRow(connection) ?? throw new MoveException(MoveProblem.Damaged);
        Opening.WriteHubRow(connection, own with { Space = old.Space });
        return old;
    }

    /// <summary>Keys of Bluetooth bonds are the machine's: what had one is to be paired again, and that shows at once.</summary>
    private static void AdoptDevices(string folder, DateTimeOffset at)
    {
        if (!File.Exists(Path.Combine(folder, SqliteDeviceRegistry.FileName)))
        {
            return;
        }

        using SharedFile devices = SharedFile.Open(folder, SqliteDeviceRegistry.FileName, DeviceSchema.Steps);
        using Statement update = devices.Connection.Prepare("UPDATE device SET trouble = ?1, trouble_since = ?2, advice = ?3 WHERE bond IS NOT NULL");
        update.Bind(1, (long)PeripheralFault.BondLost).Bind(2, at.ToUnixTimeMilliseconds()).Bind(3, PairAgain).Run();
    }

    /// <summary>PINs come along. Wrong tries don't, nor what the guide knows of this machine's network.</summary>
    private static void AdoptHousehold(string folder, string? ownClaimCode)
    {
        if (!File.Exists(Path.Combine(folder, SqliteHousehold.FileName)))
        {
            return;
        }

        using SharedFile household = SharedFile.Open(folder, SqliteHousehold.FileName, HouseholdSchema.Steps);
        Connection connection = household.Connection;
        connection.Execute("BEGIN IMMEDIATE; DELETE FROM tries; DELETE FROM claim;");
        using (Statement forget = connection.Prepare("DELETE FROM setting WHERE key = ?1"))
        {
            foreach (string key in HouseholdSettings.OfTheMachine)
            {
                forget.Bind(1, key).Run();
            }
        }

        using (Statement claim = connection.Prepare("INSERT INTO claim SELECT 0, ?1 WHERE ?1 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pin WHERE account = ?2 AND hash IS NOT NULL)"))
        {
            claim.Bind(1, ownClaimCode).Bind(2, HouseholdAccounts.Nurse).Run();
        }

        connection.Execute("COMMIT");
    }
}
