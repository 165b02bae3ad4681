using System.Buffers;

namespace HomeHub.Contract;

/// <summary>
/// The relay's word on one Bundle: <c>{"bundle":"…","outcome":"committed","stored":["…"],"duplicate":["…"]}</c> or
/// <c>{"bundle":"…","outcome":"rejected","reason":"…","entries":[{"entry":"…","reason":"…"}]}</c>. UUIDs and codes only.
/// </summary>
public sealed record Receipt
{
    private Receipt(Guid bundle, ReceiptOutcome outcome)
    {
        Bundle = bundle;
        Outcome = outcome;
    }

    /// <summary>The Bundle that it is about.</summary>
    public Guid Bundle { get; }

    /// <summary>Whether the Bundle was stored.</summary>
    public ReceiptOutcome Outcome { get; }

    /// <summary>Committed: entries (UUIDs of their fullUrl) that were stored by this delivery. Empty when rejected.</summary>
    public IReadOnlyList<Guid> Stored { get; private init; } = [];

    /// <summary>Committed: entries that the relay already had. Empty when rejected.</summary>
    public IReadOnlyList<Guid> Duplicate { get; private init; } = [];

    /// <summary>Rejected: why. Null when committed.</summary>
    public ReasonCode? Reason { get; private init; }

    /// <summary>Rejected: the bad entries, where the relay can tell. Empty when committed, or when the whole Bundle is bad.</summary>
    public IReadOnlyList<RejectedEntry> Entries { get; private init; } = [];

    /// <summary>A receipt for a committed Bundle.</summary>
    /// <param name="bundle">The Bundle's id.</param>
    /// <param name="stored">Entries stored now.</param>
    /// <param name="duplicate">Entries that were there before.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="ContractLimits.MaxEntries"/> entries.</exception>
    public static Receipt Committed(Guid bundle, IReadOnlyList<Guid> stored, IReadOnlyList<Guid> duplicate)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(duplicate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stored.Count + duplicate.Count, ContractLimits.MaxEntries, nameof(stored));
        return new Receipt(bundle, ReceiptOutcome.Committed) { Stored = stored, Duplicate = duplicate };
    }

    /// <summary>A receipt for a rejected Bundle.</summary>
    /// <param name="bundle">The Bundle's id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="entries">The bad entries, where they are known.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="ContractLimits.MaxEntries"/> entries.</exception>
    public static Receipt Rejected(Guid bundle, ReasonCode reason, IReadOnlyList<RejectedEntry>? entries = null)
    {
        entries ??= [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, ContractLimits.MaxEntries, nameof(entries));
        return new Receipt(bundle, ReceiptOutcome.Rejected) { Reason = reason, Entries = entries };
    }

    /// <summary>Reads a receipt. Members that it does not know are passed over; a member twice, or one that is missing, makes it no receipt.</summary>
    /// <param name="payload">The payload as received, UTF-8 JSON, at most <see cref="ContractLimits.MaxPayloadBytes"/>.</param>
    /// <param name="receipt">The receipt, when it is one.</param>
    /// <returns>Whether the payload is a receipt.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Receipt? receipt) =>
        ReceiptReader.TryParse(payload, out receipt);

    /// <summary>Writes the receipt as UTF-8 JSON, without blanks.</summary>
    /// <param name="output">Where to write.</param>
    public void Write(IBufferWriter<byte> output) => ReceiptWriter.Write(this, output);

    /// <summary>The receipt as UTF-8 JSON.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToUtf8Bytes()
    {
        var output = new ArrayBufferWriter<byte>(128 + ((Stored.Count + Duplicate.Count) * 40) + (Entries.Count * 84));
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Whether two receipts say the same, entry by entry.</summary>
    /// <param name="other">The other receipt.</param>
    /// <returns>True when they do.</returns>
    public bool Equals(Receipt? other) =>
        other is not null
        && Bundle == other.Bundle
        && Outcome == other.Outcome
        && Reason == other.Reason
        && Stored.SequenceEqual(other.Stored)
        && Duplicate.SequenceEqual(other.Duplicate)
        && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bundle, Outcome, Reason, Stored.Count, Duplicate.Count, Entries.Count);
}
