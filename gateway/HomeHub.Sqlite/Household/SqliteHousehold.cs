using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>The household, in <c>household.db</c> beside the buffer.</summary>
public sealed partial class SqliteHousehold : IHousehold
{
    /// <summary>Name of the file within the data folder.</summary>
    public const string FileName = "household.db";

    private const string SelectPeople =
        "SELECT number, patient, name, language, EXISTS (SELECT 1 FROM pin WHERE account = number AND hash IS NOT NULL) FROM person";

    private readonly SharedFile _file;
    private readonly Connection _connection;

    private SqliteHousehold(SharedFile file)
    {
        _file = file;
        _connection = file.Connection;
    }

    /// <summary>Opens the household of a data folder, making folder and file where they are missing.</summary>
    /// <exception cref="BufferException">It can't be opened: no right to, damaged, or of a newer program.</exception>
    public static Task<SqliteHousehold> OpenAsync(string folder, CancellationToken cancellation) =>
        Task.Run(() => new SqliteHousehold(SharedFile.Open(folder, FileName, HouseholdSchema.Steps)), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HouseholdPerson>> ListPeopleAsync(CancellationToken cancellation) => _file.RunAsync<IReadOnlyList<HouseholdPerson>>(
        () =>
        {
            List<HouseholdPerson> people = [];
            using Statement select = _connection.Prepare($"{SelectPeople} ORDER BY number");
            while (select.Step())
            {
                people.Add(Read(select));
            }

            return people;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<HouseholdPerson?> FindPersonAsync(int number, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare($"{SelectPeople} WHERE number = ?1").Bind(1, number);
            return select.Step() ? Read(select) : null;
        },
        cancellation);

    /// <inheritdoc/>
    public Task AddPeopleAsync(IReadOnlyList<PatientReference> patients, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement add = _connection.Prepare("INSERT INTO person (patient) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM person WHERE patient = ?1)");
            foreach (PatientReference patient in patients)
            {
                add.Bind(1, patient.Key).Run();
            }

            _connection.Execute("COMMIT");
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<bool> SavePersonAsync(HouseholdPerson person, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(person.Name?.Length ?? 0, HouseholdPerson.MaxNameChars, nameof(person));
        return _file.RunAsync(
            () =>
            {
                using Statement save = _connection.Prepare("UPDATE person SET name = ?2, language = ?3 WHERE number = ?1");
                return save.Bind(1, person.Number).Bind(2, person.Name).Bind(3, person.Language).Run() > 0;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> RemovePersonAsync(int number, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            _connection.Execute("BEGIN IMMEDIATE");
            using Statement person = _connection.Prepare("DELETE FROM person WHERE number = ?1").Bind(1, number);
            bool wasThere = person.Run() > 0;
            if (wasThere)
            {
                using Statement pin = _connection.Prepare("DELETE FROM pin WHERE account = ?1").Bind(1, number);
                pin.Run();
            }

            _connection.Execute("COMMIT");

            // The log still holds the name. Where another process reads at this moment, the next one to close the file empties it.
            _connection.Checkpoint(truncate: true);
            return wasThere;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<string?> GetSettingAsync(string key, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement select = _connection.Prepare("SELECT value FROM setting WHERE key = ?1").Bind(1, key);
            return select.Step() ? select.Text(0) : null;
        },
        cancellation);

    /// <inheritdoc/>
    public Task SetSettingAsync(string key, string? value, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, IHousehold.MaxKeyChars, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value?.Length ?? 0, IHousehold.MaxValueChars, nameof(value));
        return _file.RunAsync(
            () =>
            {
                using Statement change = value is null
                    ? _connection.Prepare("DELETE FROM setting WHERE key = ?1")
                    : _connection.Prepare("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2").Bind(2, value);
                return change.Bind(1, key).Run();
            },
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HouseholdPerson Read(Statement row) => new(
        row.Int32(0),
        PatientReference.TryParse(row.Text(1), out PatientReference? patient)
            ? patient!
            : throw new BufferException(BufferFault.Damaged, $"{FileName} holds a person who has no reference."))
    {
        Name = row.Text(2), Language = row.Text(3), HasPin = row.Int64(4) != 0,
    };
}
