using System.Text;
using System.Text.Json;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>The elements, one method each.</summary>
internal sealed partial class ResourceReader
{
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
                if (!ReadPair(ref reader, "code"u8, out var system, out var code) || code.IsEmpty || code.Length > MaxTextBytes || system.Length > MaxTextBytes || codings.Count == CodeSet.MaxCodings)
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
                _bad |= reader.ValueIsEscaped;
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
