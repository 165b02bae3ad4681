using System.Collections.Frozen;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>
/// Who lives here, by the household's file and by that of the devices; what it saw last it keeps in the household's, so that whoever left while the hub was off, or by whatever way, is missed.
/// Opens neither before it is first asked: a hub without a sensor of the room never does.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="time">The clock.</param>
/// <param name="clock">Whether it can be believed: while it can't, nobody can tell when somebody left.</param>
/// <param name="logger">Told once when nobody can tell who lives here.</param>
public sealed class SqliteResidents(string folder, TimeProvider time, IHubClock clock, ILogger<SqliteResidents> logger) : IResidents, IDisposable
{
    private readonly Lock _gate = new();
    private readonly WatchedPeople[] _files =
    [
        new(Path.Combine(folder, SqliteHousehold.FileName), "SELECT patient FROM person"),
        new(Path.Combine(folder, SqliteDeviceRegistry.FileName), "SELECT DISTINCT patient FROM assignment"),
    ];

    private IReadOnlySet<PatientReference>? _now;
    private long _version;
    private DateTimeOffset? _lastLeft;
    private bool _isAsked, _isDisposed, _isReported, _waitsForClock;

    /// <inheritdoc/>
    public IReadOnlySet<PatientReference>? Now
    {
        get
        {
            lock (_gate)
            {
                _isAsked = true;
                Look();
                return _now;
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? LastLeft
    {
        get
        {
            lock (_gate)
            {
                return _lastLeft;
            }
        }
    }

    /// <inheritdoc/>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                if (_isAsked)
                {
                    Look();
                }

                return _version;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Set(null);
            Array.ForEach(_files, file => file.Dispose());
        }
    }

    private void Look()
    {
        if (_isDisposed || (_waitsForClock && !clock.IsTimeKnown))
        {
            return;
        }

        try
        {
            bool hasChanged = false;
            foreach (WatchedPeople file in _files)
            {
                hasChanged |= file.Look();
            }

            if (hasChanged || _now is null)
            {
                FrozenSet<PatientReference> people = _files.SelectMany(file => file.People).ToFrozenSet();
                if (_now is null || !_now.SetEquals(people))
                {
                    _waitsForClock = !Remember(people);
                    Set(_waitsForClock ? null : people);
                }
            }

            _isReported = false;
        }
        catch (BufferException error)
        {
            // What people's devices tell has nothing to do with it, and goes on.
            Array.ForEach(_files, file => file.Dispose());
            Set(null);
            if (!_isReported)
            {
                _isReported = true;
                logger.LogError("Who lives here can't be read, so nothing of the room is sent: {Error}", error.Message);
            }
        }
    }

    /// <summary>Compares with who lived here at the last look, and keeps both; false where somebody is missed and the clock can't tell since when, so that it is looked at again.</summary>
    private bool Remember(FrozenSet<PatientReference> people)
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

            using Statement forget = connection.Prepare("DELETE FROM resident WHERE patient = ?1"), add = connection.Prepare("INSERT INTO resident VALUES (?1)");
            Array.ForEach(missed, key => forget.Bind(1, key).Run());
            foreach (string key in now.Except(before))
            {
                add.Bind(1, key).Run();
            }

            if (missed.Length > 0)
            {
                using Statement left = connection.Prepare("INSERT INTO departure VALUES (0, ?1) ON CONFLICT (only_one) DO UPDATE SET at = max(at, ?1)");
                left.Bind(1, time.GetUtcNow().ToUnixTimeMilliseconds() + 1).Run();
            }

            using (Statement last = connection.Prepare("SELECT at FROM departure"))
            {
                _lastLeft = last.Number() is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
            }

            connection.Execute("COMMIT");
            return true;
        });
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

    private void Set(IReadOnlySet<PatientReference>? people)
    {
        if (people is null ? _now is not null : _now is null || !_now.SetEquals(people))
        {
            _version++;
        }

        _now = people;
    }
}
