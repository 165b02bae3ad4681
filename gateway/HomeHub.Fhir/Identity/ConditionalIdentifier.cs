using System.Buffers.Text;
using HomeHub.Fhir.Terms;
using HomeHub.Fhir.Writing;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Identity;

/// <summary>
/// The conditional-create identifier of an Observation: <c>device-patient-type-timestamp[..duration][-supplemental]*</c>, from what the
/// device said only, so that any gateway that reads the same record gives the same one. Without a stamp that identifies, where the same
/// identifier would occur twice, and where it would be too long, the Observation's UUID takes its place.
/// </summary>
internal ref struct ConditionalIdentifier
{
    /// <summary>An identifier has fewer characters than this.</summary>
    public const int LimitChars = 128;

    /// <summary>Longest part after the patient's: code, seconds, offset, duration, and as many supplemental types as fit in the limit.</summary>
    public const int MaxTailBytes = 192;

    private readonly RecordContext _context;
    private readonly ReadOnlySpan<byte> _tail;

    private ConditionalIdentifier(RecordContext context, ReadOnlySpan<byte> tail)
    {
        _context = context;
        _tail = tail;
    }

    /// <summary>True when there is one.</summary>
    public readonly bool Exists => !_tail.IsEmpty;

    /// <summary>Makes the identifier of the value at <paramref name="index"/>.</summary>
    /// <param name="context">The record.</param>
    /// <param name="index">Position of the value.</param>
    /// <param name="term">The fragments of its code.</param>
    /// <param name="room"><see cref="MaxTailBytes"/> bytes that live as long as the identifier.</param>
    public static ConditionalIdentifier Of(in RecordContext context, int index, TermFragment term, Span<byte> room)
    {
        if (context.StampSeconds is not { } seconds)
        {
            return default;
        }

        ReadingValue value = context.Reading.Values[index];
        var numeric = value as NumericValue;
        MdcTerm[] types = numeric?.SupplementalTypes ?? [];
        if (types.Length == 0 && Kinds.OrdinalOf(context.Reading.Values, index) > 0)
        {
            return default;
        }

        int head = context.Device.IdentityHex.Length + 1 + context.Patient.IdentifierPartChars;
        int written = WriteTail(room, term, seconds, context.Record.Stamp?.OffsetQuarters, numeric?.Duration, types);
        return written == 0 || head + written >= LimitChars ? default : new ConditionalIdentifier(context, room[..written]);
    }

    /// <summary>Writes it, without quotes.</summary>
    public readonly void Write(JsonBuffer json)
    {
        json.Raw(_context.Device.IdentityHex);
        json.Raw("-"u8);
        json.Raw(_context.Patient.IdentifierPart);
        json.Raw(_tail);
    }

    /// <summary>Writes it as the value of a search parameter, where a plus sign means a blank.</summary>
    public readonly void WriteQuery(JsonBuffer json)
    {
        json.Raw(_context.Device.IdentityHex);
        json.Raw("-"u8);
        json.Raw(_context.Patient.QueryPart);
        int plus = _tail.IndexOf((byte)'+');
        if (plus < 0)
        {
            json.Raw(_tail);
            return;
        }

        json.Raw(_tail[..plus]);
        json.Raw("%2B"u8);
        json.Raw(_tail[(plus + 1)..]);
    }

    /// <summary>0 when it does not fit.</summary>
    private static int WriteTail(
        Span<byte> room, TermFragment term, long seconds, sbyte? offsetQuarters, TimeSpan? duration, ReadOnlySpan<MdcTerm> types)
    {
        // Dash and ten digits a supplemental type; the rest takes at most 80.
        const int MaxTypes = (MaxTailBytes - 80) / 11;
        if (types.Length > MaxTypes)
        {
            return 0;
        }

        room[0] = (byte)'-';
        term.MdcCode.CopyTo(room[1..]);
        int at = 1 + term.MdcCode.Length;
        room[at++] = (byte)'-';
        at = Number(room, at, seconds);
        if (offsetQuarters is { } quarters)
        {
            room[at] = (byte)'+';
            at = Number(room, quarters < 0 ? at : at + 1, quarters);
        }

        if (duration is { } span)
        {
            room[at++] = (byte)'.';
            room[at++] = (byte)'.';
            at = Number(room, at, span.Ticks / TimeSpan.TicksPerSecond);
        }

        foreach (MdcTerm type in types)
        {
            room[at++] = (byte)'-';
            at = Number(room, at, type.Code);
        }

        return at;
    }

    private static int Number(Span<byte> room, int at, long number)
    {
        Utf8Formatter.TryFormat(number, room[at..], out int written);
        return at + written;
    }
}
