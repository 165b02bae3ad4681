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
    private readonly ResidentMemory _memory = new(folder, time, clock);
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
                return _memory.LastLeft;
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
                    _waitsForClock = !_memory.Compare(people);
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

    private void Set(IReadOnlySet<PatientReference>? people)
    {
        if (people is null ? _now is not null : _now is null || !_now.SetEquals(people))
        {
            _version++;
        }

        _now = people;
    }
}
