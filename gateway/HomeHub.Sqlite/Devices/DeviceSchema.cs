namespace HomeHub.Sqlite;

/// <summary>Tables of <c>devices.db</c>. Times are Unix milliseconds.</summary>
internal static class DeviceSchema
{
    private const string Version1 = """
        CREATE TABLE device (
          address TEXT PRIMARY KEY NOT NULL, address_type INTEGER NOT NULL, name TEXT, patient TEXT NOT NULL, paired_at INTEGER NOT NULL,
          bond INTEGER, last_session_at INTEGER, trouble INTEGER, trouble_since INTEGER, advice TEXT, firmware TEXT
        ) WITHOUT ROWID;
        CREATE TABLE description (
          address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, number INTEGER NOT NULL, service INTEGER NOT NULL, characteristic INTEGER NOT NULL,
          octets BLOB NOT NULL, PRIMARY KEY (address, number)
        ) WITHOUT ROWID;
        CREATE TABLE record_mark (
          address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, service INTEGER NOT NULL, sequence_number INTEGER NOT NULL,
          octets_hash INTEGER NOT NULL, PRIMARY KEY (address, service)
        ) WITHOUT ROWID;
        """;

    /// <summary>Version 2: the time of the record that is marked, packed like the stamps of the buffer.</summary>
    private const string Version2 = "ALTER TABLE record_mark ADD COLUMN stamp INTEGER;";

    /// <summary>
    /// A device had one owner, since it was set up. Now it has people: in the whole device (<c>user_index</c> -1) or in its user slots, each since a time of
    /// its own.
    /// </summary>
    private const string Version3 = """
        CREATE TABLE assignment (
          address TEXT NOT NULL REFERENCES device ON DELETE CASCADE, user_index INTEGER NOT NULL CHECK (user_index BETWEEN -1 AND 254),
          patient TEXT NOT NULL, assigned_at INTEGER NOT NULL, PRIMARY KEY (address, user_index)
        ) WITHOUT ROWID;
        INSERT INTO assignment SELECT address, -1, patient, paired_at FROM device;
        ALTER TABLE device DROP COLUMN patient;
        ALTER TABLE device ADD COLUMN told_all_at INTEGER;
        """;

    /// <summary>The code by which a device lets the hub have a user's records.</summary>
    private const string Version4 = "ALTER TABLE assignment ADD COLUMN consent_code INTEGER CHECK (consent_code BETWEEN 0 AND 9999);";

    /// <summary>How often something is expected of a device, in seconds, and when it last told something.</summary>
    private const string Version5 = "ALTER TABLE device ADD COLUMN expected_every INTEGER; ALTER TABLE device ADD COLUMN last_value_at INTEGER;";

    /// <summary>The battery level that a device told last, in per cent.</summary>
    private const string Version6 = "ALTER TABLE device ADD COLUMN battery INTEGER CHECK (battery BETWEEN 0 AND 100);";

    /// <summary>What the comparison of a device's clock showed last: when, by how many milliseconds it was ahead, whether the hub set it.</summary>
    private const string Version7 =
        "ALTER TABLE device ADD COLUMN clock_at INTEGER; ALTER TABLE device ADD COLUMN clock_off INTEGER; ALTER TABLE device ADD COLUMN clock_was_set INTEGER;";

    /// <summary>One step for each version: element 0 makes version 1 out of nothing, element n makes version n + 1 out of n.</summary>
    public static readonly string[] Steps = [Version1, Version2, Version3, Version4, Version5, Version6, Version7];
}
