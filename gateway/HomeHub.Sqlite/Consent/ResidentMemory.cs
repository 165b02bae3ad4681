using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;

namespace HomeHub.Sqlite;

/// <summary>Who lived here at the last look, in the household's file, and when somebody of them was missed last. Not safe for several threads.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="time">The clock.</param>
/// <param name="clock">Whether it can be believed.</param>
internal sealed class ResidentMemory(string folder, TimeProvider time, IHubClock clock)
{
    /// <summary>When it was last seen that somebody does not live here any more; null for never, and before anything was compared.</summary>
    public DateTimeOffset? LastLeft { get; private set; }

    /// <summary>Compares with who lived here at the last look, and keeps both.</summary>
    /// <returns>False, and nothing was kept, where somebody is missed and the clock can't tell since when.</returns>
    /// <exception cref="BufferException">The file can't be written.</exception>
    public bool Compare(IEnumerable<PatientReference> people)
    {
        using SharedFile file = SharedFile.Open(folder, SqliteHousehold.FileName, HouseholdSchema.Steps);
        return file.Run(() =>
        {
            Connection connection = file.Connection;
            connection.Execute("BEGIN IMMEDIATE");
            HashSet<string> before = [.. Keys(connection)], now = [.. people.Select(person => person.Key)];
            string[] missed = [.. before.Except(now)];
            if (missed.Length > 0 && !clock.IsTimeKnown)
            {
                connection.Rollback();
                return false;
            }

            Keep(connection, missed, now.Except(before));
            using Statement last = connection.Prepare("SELECT at FROM departure");
            DateTimeOffset? left = last.Number() is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
            connection.Execute("COMMIT");
            LastLeft = left;
            return true;
        });
    }

    private void Keep(Connection connection, string[] missed, IEnumerable<string> come)
    {
        using Statement forget = connection.Prepare("DELETE FROM resident WHERE patient = ?1"), add = connection.Prepare("INSERT INTO resident VALUES (?1)");
        foreach (string key in missed)
        {
            forget.Bind(1, key).Run();
        }

        foreach (string key in come)
        {
            add.Bind(1, key).Run();
        }

        if (missed.Length > 0)
        {
            // In whole milliseconds, and never earlier than it was.
            using Statement left = connection.Prepare("INSERT INTO departure VALUES (0, ?1) ON CONFLICT (only_one) DO UPDATE SET at = max(at, ?1)");
            left.Bind(1, time.GetUtcNow().ToUnixTimeMilliseconds() + 1).Run();
        }
    }

    private static List<string> Keys(Connection connection)
    {
        List<string> keys = [];
        using Statement select = connection.Prepare("SELECT patient FROM resident");
        while (select.Step())
        {
            keys.Add(select.Text(0)!);
        }

        return keys;
    }
}
