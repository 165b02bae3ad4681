using System.Buffers.Binary;
using System.Security.Cryptography;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// What stays of a record that has left the hub, so that it never comes back when its device tells its memory again: a keyed hash of its identity, HMAC-SHA-256
/// cut to 16 bytes. For one thread at a time. Without the hub's key nobody can try what the record said, although a device has few addresses, days and values.
/// </summary>
internal sealed class SeenMarks : IDisposable
{
    /// <summary>Length of a mark, in bytes.</summary>
    public const int LengthBytes = 16;

    /// <summary>Length of the key, in bytes: that of the hash.</summary>
    public const int KeyBytes = 32;

    private readonly HMACSHA256 _hash;

    private SeenMarks(byte[] key) => _hash = new HMACSHA256(key);

    /// <summary>With the key of a database.</summary>
    public static SeenMarks Of(Connection connection)
    {
        using Statement select = connection.Prepare("SELECT key FROM seen_key");
        return select.Step() && select.Blob(0).Length == KeyBytes
            ? new SeenMarks(select.Blob(0).ToArray())
            : throw new BufferException(
                BufferFault.Damaged, $"The buffer {connection.Path} is damaged: it lacks the key of what is known. It is set aside at the next start.");
    }

    /// <summary>The mark of an identity. The prepared hash is kept: the one-shot form prepares the key anew each time and made appending a quarter slower.</summary>
    public UInt128 Of(RecordIdentity identity)
    {
        Span<byte> octets = stackalloc byte[RecordIdentity.LengthBytes];
        identity.Write(octets);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return _hash.TryComputeHash(octets, hash, out _)
            ? BinaryPrimitives.ReadUInt128BigEndian(hash)
            : throw new InvalidOperationException("A hash has more bytes than it has.");
    }

    /// <summary>
    /// What stays of a device's stamp once the reading is erased: a keyed hash, as a number below 0, which no packed stamp is. By it an identifier is still known to be given out, and nobody
    /// can tell when somebody measured.
    /// </summary>
    public long OfStamp(long packed)
    {
        Span<byte> octets = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(octets, packed);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return _hash.TryComputeHash(octets, hash, out _)
            ? BinaryPrimitives.ReadInt64BigEndian(hash) | long.MinValue
            : throw new InvalidOperationException("A hash has more bytes than it has.");
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    /// <summary>Binds a mark to a parameter, as its bytes.</summary>
    public static Statement Bind(Statement statement, int parameter, UInt128 mark)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, mark);
        return statement.Bind(parameter, bytes);
    }

    /// <summary>
    /// Within the step to version 4: makes the key, and marks of the identities in <c>seen_of_before</c>, which goes. Of which device a reading was that is gone
    /// can't be known any more.
    /// </summary>
    public static void Convert(Connection connection)
    {
        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        using (Statement insert = connection.Prepare("INSERT INTO seen_key VALUES (1, ?1)"))
        {
            insert.Bind(1, key.AsSpan()).Run();
        }

        using var marks = new SeenMarks(key);
        var rows = new List<(UInt128 Mark, long Reading, long? Device)>();
        using (Statement select = connection.Prepare(
            "SELECT identity, reading, (SELECT device FROM reading WHERE reading.id = seen_of_before.reading) FROM seen_of_before"))
        {
            while (select.Step())
            {
                rows.Add((marks.Of(RecordIdentity.Read(select.Blob(0))), select.Int64(1), select.IsNull(2) ? null : select.Int64(2)));
            }
        }

        // In the order of the table, so that each of its pages is written once.
        rows.Sort((one, other) => one.Mark.CompareTo(other.Mark));
        using (Statement insert = connection.Prepare("INSERT OR IGNORE INTO seen VALUES (?1, ?2, ?3)"))
        {
            foreach ((UInt128 mark, long reading, long? device) in rows)
            {
                Bind(insert, 1, mark).Bind(2, reading).Bind(3, device).Run();
            }
        }

        connection.Execute("DROP TABLE seen_of_before");
    }
}
