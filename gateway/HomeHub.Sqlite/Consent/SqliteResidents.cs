using System.Collections.Frozen;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>
/// Who lives here, by the household's file and by that of the devices. Opens neither before it is first asked: a hub without a sensor of the room never does.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="logger">Told once when nobody can tell who lives here.</param>
public sealed class SqliteResidents(string folder, ILogger<SqliteResidents> logger) : IResidents, IDisposable
{
    private readonly Lock _gate = new();
    private readonly WatchedPeople[] _files =
    [
        new(Path.Combine(folder, SqliteHousehold.FileName), "SELECT patient FROM person"),
        new(Path.Combine(folder, SqliteDeviceRegistry.FileName), "SELECT DISTINCT patient FROM assignment"),
    ];

    private IReadOnlySet<PatientReference>? _now;
    private long _version;
    private bool _isAsked, _isDisposed, _isReported;

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
        if (_isDisposed)
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
                Set(_files.SelectMany(file => file.People).ToFrozenSet());
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
