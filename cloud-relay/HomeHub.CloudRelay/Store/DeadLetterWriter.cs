using System.Globalization;
using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Store;

/// <summary>
/// Keeps dead letters within bounds: the same refusal again only counts, of the payloads the oldest go first when <see cref="MaxPayloadsMiB"/>
/// is reached, of the letters when <see cref="MaxLetters"/> is.
/// </summary>
internal sealed class DeadLetterWriter : IDisposable
{
    /// <summary>Most dead letters kept.</summary>
    public const int MaxLetters = 100_000;

    /// <summary>Room for the payloads of all dead letters together, in MiB.</summary>
    public const int MaxPayloadsMiB = 256;

    private const int MaxNamedEntries = 100;

    private readonly RawStatement _add;
    private readonly RawStatement _count;
    private readonly RawStatement _dropPayload;
    private readonly RawStatement _dropLetter;
    private readonly long _maxBytes;
    private long _letters;
    private long _bytes;

    /// <summary>Prepares the statements and counts what is there.</summary>
    public DeadLetterWriter(SqliteConnection connection, int maxPayloadsMiB = MaxPayloadsMiB)
    {
        _maxBytes = maxPayloadsMiB * 1024L * 1024L;
        _add = new(
            connection,
            """
            INSERT INTO dead_letter(origin, first_at, last_at, times, hub, recipient, bundle, encoding, reason, entries, status, bytes, payload)
            VALUES(?1, ?2, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT DO UPDATE SET last_at = excluded.last_at, times = times + 1
            RETURNING times
            """);
        _count = new(connection, "SELECT count(*), coalesce(sum(length(payload)), 0) FROM dead_letter");
        _dropPayload = new(
            connection,
            "UPDATE dead_letter SET payload = NULL WHERE seq = (SELECT seq FROM dead_letter WHERE payload IS NOT NULL ORDER BY seq LIMIT 1) RETURNING bytes");
        _dropLetter = new(connection, "DELETE FROM dead_letter WHERE seq = (SELECT min(seq) FROM dead_letter) RETURNING coalesce(length(payload), 0)");
        Recount();
    }

    /// <summary>Adds a letter within the caller's transaction.</summary>
    /// <exception cref="SqliteException">The store can't be written.</exception>
    public void Add(DeadLetter letter)
    {
        var kept = letter.Payload.Length is > 0 and <= ContractLimits.MaxPayloadBytes;
        _add.Bind(1, (long)letter.Origin)
            .Bind(2, letter.At.ToUnixTimeMilliseconds())
            .Bind(3, ResourceKey.FromGuid(letter.Topic.Hub))
            .Bind(4, letter.Topic.Recipient)
            .Bind(5, ResourceKey.FromGuid(letter.Topic.Bundle))
            .Bind(6, letter.Topic.Encoding?.ToWire() ?? "unknown")
            .Bind(7, letter.Reason)
            .Bind(8, string.Join(' ', letter.Entries.Take(MaxNamedEntries).Select(entry => entry.ToString("D", CultureInfo.InvariantCulture))))
            .Bind(9, (long?)letter.Status)
            .Bind(10, letter.Payload.Length);
        if (kept)
        {
            _add.Bind(11, letter.Payload.Span);
        }
        else
        {
            _add.BindNull(11);
        }

        if (First(_add) != 1)
        {
            return;
        }

        _letters++;
        _bytes += kept ? letter.Payload.Length : 0;
        while (_bytes > _maxBytes)
        {
            _bytes -= First(_dropPayload);
        }

        while (_letters > MaxLetters)
        {
            _bytes -= First(_dropLetter);
            _letters--;
        }
    }

    /// <summary>Counts anew, after a rollback.</summary>
    public void Recount()
    {
        _count.Step();
        (_letters, _bytes) = (_count.Long(0), _count.Long(1));
        _count.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _add.Dispose();
        _count.Dispose();
        _dropPayload.Dispose();
        _dropLetter.Dispose();
    }

    private static long First(RawStatement statement)
    {
        var value = 0L;
        while (statement.Step())
        {
            value = statement.Long(0);
        }

        statement.Reset();
        return value;
    }
}
