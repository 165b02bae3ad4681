using System.Runtime.InteropServices;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// Writes Bundles: <see cref="Begin"/>, <see cref="Add"/> for each that waits, <see cref="Commit"/>, and only then the receipts. One thread at a
/// time, which holds <see cref="RelayStore.WriteLock"/> from Begin to Commit or <see cref="Rollback"/>.
/// </summary>
internal sealed partial class BundleWriter : IDisposable
{
    private const string MaxSpanFigure = "max-span-ms";

    private readonly KeyIndex _keys;
    private readonly NameTables _names;
    private readonly BundleChecker _checker;
    private readonly ResourceUpdater _updater;
    private readonly DeadLetterWriter _deadLetters;
    private readonly RawStatement _begin;
    private readonly RawStatement _commit;
    private readonly RawStatement _rollback;
    private readonly RawStatement _addBundle;
    private readonly RawStatement _addResource;
    private readonly RawStatement _identity;
    private readonly RawStatement _lastBundle;
    private readonly RawStatement _lastResource;
    private readonly RawStatement _maxSpan;
    private readonly RawStatement _setMaxSpan;

    private long _bundleSeq;
    private long _resourceSeq;
    private long _receivedAt;
    private long _longestMs;

    /// <summary>Prepares the statements and reads where the store stands.</summary>
    /// <exception cref="SqliteException">The store can't be read.</exception>
    public BundleWriter(RelayStore store, Enrolment? enrolment)
    {
        var connection = store.Connection;
        _keys = new(connection);
        _names = new(connection);
        _updater = new(connection);
        _deadLetters = new(connection);
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollback = new(connection, "ROLLBACK");
        _addBundle = new(connection, "INSERT INTO bundle(seq, uuid, hub, recipient, received, encoding, bytes, payload) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        _addResource = new(
            connection,
            "INSERT INTO resource(seq, kind, bundle, offset, length, uuid, identity, codes, subject, start, span) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _identity = new(connection, "SELECT identity, uuid FROM resource WHERE seq = ?");
        _lastBundle = new(connection, "SELECT seq, received FROM bundle ORDER BY seq DESC LIMIT 1");
        _lastResource = new(connection, "SELECT seq FROM resource ORDER BY seq DESC LIMIT 1");
        _maxSpan = new(connection, $"SELECT value FROM figure WHERE name = '{MaxSpanFigure}'");
        _setMaxSpan = new(connection, $"INSERT INTO figure(name, value) VALUES('{MaxSpanFigure}', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value");
        _checker = new(_keys, IdentityOf, _updater.Hub, enrolment);
        ReadPosition();
    }

    /// <summary>Begins a transaction.</summary>
    /// <exception cref="SqliteException">The store can't be written.</exception>
    public void Begin() => _begin.Run();

    /// <summary>Puts a Bundle that <see cref="BundleReader"/> accepted into the transaction, or refuses it and changes nothing.</summary>
    /// <param name="incoming">Topic and payload, which is kept as it is.</param>
    /// <param name="bundle">What was read of it.</param>
    /// <param name="bytes">Length of the JSON, in bytes.</param>
    /// <param name="now">The time of storing: meta.lastUpdated.</param>
    /// <exception cref="SqliteException">The store can't be written: roll back, and send no receipt.</exception>
    public StoreOutcome Add(IncomingBundle incoming, ParsedBundle bundle, int bytes, DateTimeOffset now)
    {
        if ((_checker.Check(incoming.Topic.Hub, bundle) ?? CheckCreates(bundle) ?? CheckUpdates(incoming.Topic.Hub, bundle)) is { } reason)
        {
            return StoreOutcome.Refused(reason, bundle.RejectedEntries());
        }

        var (stored, duplicate) = (new List<Guid>(bundle.Entries.Count), new List<Guid>());
        var json = new Lazy<ReadOnlyMemory<byte>>(() => ResourceUpdater.Json(incoming), LazyThreadSafetyMode.None);
        var entries = CollectionsMarshal.AsSpan(bundle.Entries);
        var identifier = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var first = identifier;
            for (; identifier < bundle.Identifiers.Count && bundle.Identifiers[identifier].Entry == i; identifier++)
            {
            }

            var isNew = AddEntry(i, entries[i], CollectionsMarshal.AsSpan(bundle.Identifiers)[first..identifier], bundle, json);
            (isNew ? stored : duplicate).Add(entries[i].Uuid.ToGuid());
        }

        if (stored.Count > 0)
        {
            AddBundle(incoming, bytes, now);
        }

        return new StoreOutcome(null, stored, duplicate, []);
    }

    /// <summary>Puts a refused Bundle among the dead letters, in the same transaction.</summary>
    /// <exception cref="SqliteException">The store can't be written.</exception>
    public void AddDeadLetter(DeadLetter letter) => _deadLetters.Add(letter);

    /// <summary>Commits, synced to disk.</summary>
    /// <exception cref="SqliteException">Nothing was stored; <see cref="Rollback"/> is next.</exception>
    public void Commit() => _commit.Run();

    /// <summary>Undoes everything since <see cref="Begin"/>. Harmless where SQLite did so by itself.</summary>
    /// <exception cref="SqliteException">The store can't even be read any more.</exception>
    public void Rollback()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR)
        {
            // "No transaction is active": disk full and I/O errors roll back by themselves.
        }

        _names.Forget();
        _updater.Forget();
        _deadLetters.Recount();
        ReadPosition();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in (IDisposable[])[_keys, _names, _updater, _deadLetters, _begin, _commit, _rollback, _addBundle, _addResource, _identity, _lastBundle, _lastResource, _maxSpan, _setMaxSpan])
        {
            part.Dispose();
        }
    }

    /// <summary>Adds an entry, or the version that it is; false when that was there.</summary>
    private bool AddEntry(
        int index, in BundleEntry entry, ReadOnlySpan<(int Entry, ResourceKey Key)> identifiers, ParsedBundle bundle, Lazy<ReadOnlyMemory<byte>> json)
    {
        // What was not there before the Bundle may be there by now, where two of its entries have a name in common.
        var existing = (entry.IsUpdate ? Target(entry) : null) ?? _existing[index] ?? (_sharesNames ? Existing(entry, identifiers) : null);
        if (existing is { } found)
        {
            if (found.Uuid != entry.Uuid)
            {
                _keys.AddAlias(entry.Uuid, found.Seq);
            }

            if (!entry.IsUpdate || !_updater.Update(found.Seq, _bundleSeq + 1, entry, entry.Codes is { } codes ? _names.CodeSet(codes) : null, json))
            {
                return false;
            }

            NoteSpan(entry.End - entry.Start);
            return true;
        }

        var seq = ++_resourceSeq;
        _addResource.Bind(1, seq).Bind(2, (long)entry.Kind).Bind(3, _bundleSeq + 1).Bind(4, entry.Offset).Bind(5, entry.Length).Bind(6, entry.Uuid);
        if (entry.Identity == entry.Uuid)
        {
            _addResource.BindNull(7);
        }
        else
        {
            _addResource.Bind(7, entry.Identity);
        }

        var isObservation = entry.Kind == ResourceKind.Observation;
        var isDated = isObservation || entry.Kind == ResourceKind.Consent;
        _addResource.Bind(8, isObservation ? _names.CodeSet(entry.Codes!) : null)
            .Bind(9, isDated ? _names.Subject(SubjectOf(entry, bundle)) : null)
            .Bind(10, isDated ? entry.Start : null)
            .Bind(11, isDated ? entry.End - entry.Start : null)
            .Run();
        NoteSpan(entry.End - entry.Start);
        _keys.Add(entry.Uuid, seq);
        foreach (var (_, key) in identifiers)
        {
            if (key == entry.Identity)
            {
                _keys.Add(key, seq);
            }
            else
            {
                _keys.AddAlias(key, seq);
            }
        }

        return true;
    }

    private void AddBundle(IncomingBundle incoming, int bytes, DateTimeOffset now)
    {
        // Never backwards, whatever the clock does: a reader that asks for what is newer than its last page must miss nothing.
        _receivedAt = Math.Max(_receivedAt, now.ToUnixTimeMilliseconds());
        _addBundle.Bind(1, ++_bundleSeq)
            .Bind(2, ResourceKey.FromGuid(incoming.Topic.Bundle))
            .Bind(3, ResourceKey.FromGuid(incoming.Topic.Hub))
            .Bind(4, incoming.Topic.Recipient)
            .Bind(5, _receivedAt)
            .Bind(6, (long)incoming.Topic.Encoding!.Value)
            .Bind(7, bytes)
            .Bind(8, incoming.Payload.Span)
            .Run();
    }

    private void NoteSpan(long milliseconds)
    {
        // The longest span bounds how far before a date a search has to look for periods that reach into it.
        if (milliseconds > _longestMs)
        {
            _longestMs = milliseconds;
            _setMaxSpan.Bind(1, milliseconds).Run();
        }
    }

    private ResourceKey IdentityOf(long seq)
    {
        _identity.Bind(1, seq);
        var key = _identity.Step() ? _identity.Key(_identity.IsNull(0) ? 1 : 0) : default;
        _identity.Reset();
        return key;
    }

    private void ReadPosition()
    {
        (_bundleSeq, _receivedAt) = _lastBundle.Step() ? (_lastBundle.Long(0), _lastBundle.Long(1)) : (0, 0);
        _lastBundle.Reset();
        _resourceSeq = _lastResource.Step() ? _lastResource.Long(0) : 0;
        _lastResource.Reset();
        _longestMs = _maxSpan.Step() ? _maxSpan.Long(0) : 0;
        _maxSpan.Reset();
    }
}
