using System.Text;
using System.Text.Json;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// Reads one resource in a single pass: what the store indexes, what the references test needs, and whether the elements are there without which
/// FHIR R4 calls it no Observation, Device or Patient. Values of measurements are passed over.
/// </summary>
internal sealed class ResourceReader
{
    private const int MaxIdentifiers = 16;
    private const int MaxReferences = 256;
    private const int MaxTextBytes = 1024;
    private const int MaxCachedTexts = 4096;

    private static readonly byte[][] Statuses =
    [
        "final"u8.ToArray(), "preliminary"u8.ToArray(), "entered-in-error"u8.ToArray(), "registered"u8.ToArray(),
        "amended"u8.ToArray(), "corrected"u8.ToArray(), "cancelled"u8.ToArray(), "unknown"u8.ToArray(),
    ];

    private readonly byte[] _scratch = new byte[MaxTextBytes];
    private readonly byte[] _scratch2 = new byte[MaxTextBytes];
    private readonly byte[] _referenceScratch = new byte[MaxTextBytes];
    private readonly BoundedCache<CodeSet> _codes = new(MaxCachedTexts, MaxTextBytes);
    private readonly BoundedCache<string> _subjects = new(MaxCachedTexts, MaxTextBytes);

    private ParsedBundle _bundle = new();
    private int _index;
    private int _firstReference;
    private Element _seen;
    private bool _bad;

    [Flags]
    private enum Element
    {
        None = 0,
        Status = 1,
        Code = 2,
        Subject = 4,
        Effective = 8,
        Value = 16,
        DataAbsentReason = 32,
        Identifier = 64,
        ResourceType = 128,
    }

    /// <summary>Reads the resource at which the reader stands.</summary>
    /// <param name="reader">Stands on the object's first token; on its last one afterwards.</param>
    /// <param name="json">The whole Bundle that the reader reads.</param>
    /// <param name="bundle">Takes identifiers and references.</param>
    /// <param name="index">Index of the entry.</param>
    /// <param name="entry">Takes the rest.</param>
    /// <returns>Null when the resource can be stored.</returns>
    /// <exception cref="JsonException">Not JSON.</exception>
    public ReasonCode? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParsedBundle bundle, int index, ref BundleEntry entry)
    {
        (_bundle, _index, _seen, _bad, _firstReference) = (bundle, index, Element.None, false, bundle.References.Count);
        entry.Offset = (int)reader.TokenStartIndex;
        while (JsonScan.NextProperty(ref reader))
        {
            ReadElement(ref reader, json, ref entry);
        }

        entry.Length = (int)reader.BytesConsumed - entry.Offset;
        return Judge(ref entry);
    }

    private ReasonCode? Judge(ref BundleEntry entry)
    {
        if (!_seen.HasFlag(Element.ResourceType))
        {
            return ReasonCode.NotFhir;
        }

        if (entry.Kind == ResourceKind.None)
        {
            return ReasonCode.UnsupportedResource;
        }

        const Element Observation = Element.Status | Element.Code | Element.Subject | Element.Effective;
        var incomplete = entry.Kind == ResourceKind.Observation
            && ((_seen & Observation) != Observation || _seen.HasFlag(Element.Value | Element.DataAbsentReason));
        return _bad || incomplete ? ReasonCode.InvalidEntry
            : !_seen.HasFlag(Element.Identifier) ? ReasonCode.MissingIdentifier
            : null;
    }

    private void ReadElement(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref BundleEntry entry)
    {
        // Nobody escapes ASCII names; one who does wants two readers to see two things.
        _bad |= reader.ValueIsEscaped;
        var name = reader.ValueSpan;
        if (name.SequenceEqual("resourceType"u8))
        {
            Once(Element.ResourceType);
            reader.Read();
            entry.Kind = JsonScan.TryText(ref reader, _scratch, out var type) ? ResourceKinds.Parse(type) : ResourceKind.None;
        }
        else if (name.SequenceEqual("status"u8))
        {
            ReadStatus(ref reader, entry.Kind);
        }
        else if (name.SequenceEqual("code"u8))
        {
            Once(Element.Code);
            ReadCode(ref reader, json, ref entry);
        }
        else if (name.SequenceEqual("subject"u8) || name.SequenceEqual("patient"u8))
        {
            Once(Element.Subject);
            ReadSubject(ref reader, ref entry);
        }
        else if (name.StartsWith("effective"u8))
        {
            Once(Element.Effective);
            _bad |= !ReadEffective(name, ref reader, ref entry);
        }
        else if (name.SequenceEqual("identifier"u8))
        {
            ReadIdentifiers(ref reader);
        }
        else
        {
            _seen |= name.StartsWith("value"u8) ? Element.Value : name.SequenceEqual("dataAbsentReason"u8) ? Element.DataAbsentReason : Element.None;
            reader.Read();
            ScanReferences(ref reader);
        }
    }

    private void Once(Element element)
    {
        // An element that stands there twice is read one way here and another way elsewhere.
        _bad |= _seen.HasFlag(element);
        _seen |= element;
    }

    private void ReadStatus(ref Utf8JsonReader reader, ResourceKind kind)
    {
        Once(Element.Status);
        reader.Read();
        if (!JsonScan.TryText(ref reader, _scratch, out var status))
        {
            _bad = true;
            ScanReferences(ref reader);
            return;
        }

        if (kind == ResourceKind.Observation)
        {
            foreach (var known in Statuses)
            {
                if (status.SequenceEqual(known))
                {
                    return;
                }
            }

            _bad = true;
        }
    }

    private void ReadCode(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref BundleEntry entry)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _bad = true;
            ScanReferences(ref reader);
            return;
        }

        var first = reader;
        ScanReferences(ref reader);
        var raw = json[(int)first.TokenStartIndex..(int)reader.BytesConsumed];
        entry.Codes = _codes.Find(raw) ?? ReadCodings(first, raw);
        _bad |= entry.Codes is null;
    }

    private CodeSet? ReadCodings(Utf8JsonReader reader, ReadOnlySpan<byte> raw)
    {
        var codings = new List<(string System, string Code)>();
        while (JsonScan.NextProperty(ref reader))
        {
            var isCoding = reader.ValueTextEquals("coding"u8);
            reader.Read();
            if (!isCoding)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                if (!ReadPair(ref reader, "code"u8, out var system, out var code) || code.IsEmpty || codings.Count == CodeSet.MaxCodings)
                {
                    return null;
                }

                codings.Add((Encoding.UTF8.GetString(system), Encoding.UTF8.GetString(code)));
            }
        }

        return codings.Count == 0 ? null : _codes.Add(raw, CodeSet.Of(codings));
    }

    /// <summary>Reads <c>system</c> and a second string member of an object, to its end.</summary>
    private bool ReadPair(ref Utf8JsonReader reader, ReadOnlySpan<byte> secondName, out ReadOnlySpan<byte> system, out ReadOnlySpan<byte> second)
    {
        system = second = default;
        var good = true;
        while (JsonScan.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("system"u8))
            {
                reader.Read();
                good &= system.IsEmpty & JsonScan.TryText(ref reader, _scratch, out system);
            }
            else if (reader.ValueTextEquals(secondName))
            {
                reader.Read();
                good &= second.IsEmpty & JsonScan.TryText(ref reader, _scratch2, out second);
            }
            else
            {
                reader.Read();
            }

            ScanReferences(ref reader);
        }

        return good;
    }

    private void ReadIdentifiers(ref Utf8JsonReader reader)
    {
        Once(Element.Identifier);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _bad = true;
            ScanReferences(ref reader);
            return;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                _bad = true;
                ScanReferences(ref reader);
            }
            else if (!ReadPair(ref reader, "value"u8, out var system, out var value)
                || !ResourceKey.TryFromIdentifier(system, value, out var key)
                || ++count > MaxIdentifiers)
            {
                _bad = true;
            }
            else
            {
                _bundle.Identifiers.Add((_index, key));
            }
        }

        if (count == 0)
        {
            _seen &= ~Element.Identifier;
        }
    }

    private void ReadSubject(ref Utf8JsonReader reader, ref BundleEntry entry)
    {
        reader.Read();
        var found = false;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _bad = true;
        }
        else
        {
            while (JsonScan.NextProperty(ref reader))
            {
                var isReference = reader.ValueTextEquals("reference"u8);
                reader.Read();
                if (isReference && !found && JsonScan.TryText(ref reader, _scratch, out var text))
                {
                    found = true;
                    TakeSubject(text, ref entry);
                }

                ScanReferences(ref reader);
            }
        }

        _bad |= !found;
    }

    private void TakeSubject(ReadOnlySpan<byte> text, ref BundleEntry entry)
    {
        if (ReferenceText.TryUuid(text, out var uuid))
        {
            entry.SubjectUuid = uuid;
            NoteReference(text);
        }
        else if (text.StartsWith("Patient/"u8) && ReferenceText.IsId(text["Patient/"u8.Length..]))
        {
            entry.Subject = _subjects.Find(text) ?? _subjects.Add(text, Encoding.UTF8.GetString(text));
        }
        else
        {
            _bad = true;
        }
    }

    private bool ReadEffective(ReadOnlySpan<byte> name, ref Utf8JsonReader reader, ref BundleEntry entry)
    {
        reader.Read();
        if (name.SequenceEqual("effectiveDateTime"u8) || name.SequenceEqual("effectiveInstant"u8))
        {
            return ReadTime(ref reader, out entry.Start, out entry.End);
        }

        if (!name.SequenceEqual("effectivePeriod"u8) || reader.TokenType != JsonTokenType.StartObject)
        {
            ScanReferences(ref reader);
            return false;
        }

        var (good, hasStart, hasEnd) = (true, false, false);
        while (JsonScan.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("start"u8))
            {
                reader.Read();
                good &= ReadTime(ref reader, out entry.Start, out var end);
                entry.End = hasEnd ? entry.End : end;
                hasStart = true;
            }
            else if (reader.ValueTextEquals("end"u8))
            {
                reader.Read();
                good &= ReadTime(ref reader, out _, out entry.End);
                hasEnd = true;
            }
            else
            {
                reader.Read();
                ScanReferences(ref reader);
            }
        }

        return good && hasStart && entry.End > entry.Start;
    }

    private bool ReadTime(ref Utf8JsonReader reader, out long start, out long end)
    {
        start = end = 0;
        if (JsonScan.TryText(ref reader, _scratch, out var text))
        {
            return FhirDateTime.TryParseRange(text, out start, out end);
        }

        ScanReferences(ref reader);
        return false;
    }

    /// <summary>Passes over the value at which the reader stands, and notes every reference in it.</summary>
    private void ScanReferences(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            _bad |= reader.ValueIsEscaped;
            if (reader.ValueSpan.SequenceEqual("reference"u8) && reader.Read() && JsonScan.TryText(ref reader, _referenceScratch, out var text))
            {
                NoteReference(text);
            }
        }
    }

    private void NoteReference(ReadOnlySpan<byte> text)
    {
        if (!ReferenceText.TryUuid(text, out var target))
        {
            // A Device or Observation of ours always has a uuid; anything else is somebody else's and stays as it is.
            _bad |= text.StartsWith("urn:"u8) || text.StartsWith("Device/"u8) || text.StartsWith("Observation/"u8);
            return;
        }

        for (var i = _firstReference; i < _bundle.References.Count; i++)
        {
            if (_bundle.References[i].Target == target)
            {
                return;
            }
        }

        _bundle.References.Add((_index, target));
        _bad |= _bundle.References.Count - _firstReference > MaxReferences;
    }
}
