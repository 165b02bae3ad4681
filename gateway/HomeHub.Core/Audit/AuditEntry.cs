using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HomeHub.Core.Audit;

/// <summary>A note as it stands in the log, chained to the one before it.</summary>
/// <param name="Number">Its number, from 1 without gap.</param>
/// <param name="Note">What was done.</param>
/// <param name="Hash">SHA-256 over the hash before it and all of this entry.</param>
public sealed record AuditEntry(long Number, AuditNote Note, ReadOnlyMemory<byte> Hash)
{
    /// <summary>What comes before the first entry.</summary>
    public static readonly ReadOnlyMemory<byte> Start = new byte[SHA256.HashSizeInBytes];

    /// <summary>Number and hash, by which somebody else can tell later whether the log was changed: <c>17:0123456789abcdef</c>.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Convert.ToHexStringLower(Hash.Span[..8])}");

    /// <summary>The entry that follows a hash.</summary>
    public static AuditEntry Of(long number, AuditNote note, ReadOnlySpan<byte> before)
    {
        ArgumentNullException.ThrowIfNull(note);

        // A line each, and no field holds a line break: no two notes give the same text.
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{number}\n{note.At:O}\n{note.Act}\n{note.Who}\n{note.Patient?.Key}\n{note.About}");
        byte[] content = Encoding.UTF8.GetBytes(text);
        return new AuditEntry(number, note, SHA256.HashData([.. before, .. content]));
    }
}
