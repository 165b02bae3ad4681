using System.Buffers.Binary;
using System.Security.Cryptography;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>
/// What stays of a record that has left the hub, so that it never comes back when its device tells its memory again: a keyed hash of its identity, HMAC-SHA-256
/// cut to 16 bytes. Without the hub's key nobody can try what the record said, although a device has few addresses, days and values.
/// </summary>
internal sealed class SeenMarks
{
    /// <summary>Length of a mark, in bytes.</summary>
    public const int LengthBytes = 16;

    /// <summary>Length of the key, in bytes: that of the hash.</summary>
    public const int KeyBytes = 32;

    private const int BlockBytes = 64;

    private readonly byte[] _inner = new byte[BlockBytes];
    private readonly byte[] _outer = new byte[BlockBytes];

    private SeenMarks(ReadOnlySpan<byte> key)
    {
        _inner.AsSpan().Fill(0x36);
        _outer.AsSpan().Fill(0x5C);
        for (int i = 0; i < key.Length; i++)
        {
            _inner[i] ^= key[i];
            _outer[i] ^= key[i];
        }
    }

    /// <summary>With the key of a database.</summary>
    public static SeenMarks Of(Connection connection)
    {
        using Statement select = connection.Prepare("SELECT key FROM seen_key");
        return select.Step() && select.Blob(0).Length == KeyBytes
            ? new SeenMarks(select.Blob(0))
            : throw new BufferException(
                BufferFault.Damaged, $"The buffer {connection.Path} is damaged: it lacks the key of what is known. It is set aside at the next start.");
    }

    /// <summary>The mark of an identity, by RFC 2104 itself: the library's way prepares the key anew for each, which took a quarter of appending.</summary>
    public UInt128 Of(RecordIdentity identity)
    {
        Span<byte> input = stackalloc byte[BlockBytes + SHA256.HashSizeInBytes];
        _inner.CopyTo(input);
        identity.Write(input[BlockBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..(BlockBytes + RecordIdentity.LengthBytes)], hash);
        _outer.CopyTo(input);
        hash.CopyTo(input[BlockBytes..]);
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

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

        var marks = new SeenMarks(key);
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
