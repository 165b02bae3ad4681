namespace HomeHub.Sqlite;

/// <summary>
/// The counters after a salvage: what can be counted is counted again; totals that include what was pruned never become less than they were.
/// </summary>
internal static class SalvagedCounters
{
    /// <summary>Counts, within the open transaction.</summary>
    public static void Recount(Connection connection) => connection.Execute(
        $"""
        DELETE FROM counter WHERE name LIKE 'rejected/%' OR (name LIKE 'state/%' AND name NOT LIKE '%/2' AND name NOT LIKE '%/4' AND name NOT LIKE '%/6');
        DELETE FROM counter WHERE name = 'clean-end';
        INSERT INTO counter
          SELECT 'state/' || recipient.text || '/' || state, count(*) FROM delivery JOIN recipient ON recipient.id = recipient GROUP BY recipient, state
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);
        INSERT INTO counter
          SELECT 'rejected/' || recipient.text || '/' || ifnull(reason, ''), count(*)
          FROM delivery JOIN recipient ON recipient.id = recipient WHERE state = 3 GROUP BY recipient, reason;
        INSERT INTO counter
          SELECT 'cause/' || code || ' ' || {UuidColumn.AsText}, count(*) FROM quarantine GROUP BY code, characteristic
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);
        INSERT INTO counter SELECT 'quarantined', count(*) FROM quarantine WHERE true
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);
        INSERT OR REPLACE INTO counter SELECT 'quarantine-held', count(*) FROM quarantine WHERE {Schema.DroppableOnly};
        INSERT OR REPLACE INTO counter SELECT 'held', count(*) FROM reading;
        INSERT OR REPLACE INTO counter SELECT 'identities', count(*) FROM seen;
        INSERT INTO counter
          SELECT 'last-id', max(ifnull((SELECT max(id) FROM reading), 0), ifnull((SELECT max(reading) FROM seen), 0)) WHERE true
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);
        INSERT OR REPLACE INTO counter SELECT 'merged-id', value FROM counter WHERE name = 'last-id';
        INSERT INTO counter SELECT 'taken', count(*) FROM seen WHERE true
          ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value);
        """);
}
