using System.Text.Json;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// Reads one resource in a single pass: what the store indexes, what the references test needs, and whether the elements are there without which
/// FHIR R4 calls it no Observation, Device, Patient or Consent. Values of measurements are passed over.
/// </summary>
internal sealed partial class ResourceReader
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

    private static readonly byte[][] ConsentStatuses =
    [
        "active"u8.ToArray(), "inactive"u8.ToArray(), "draft"u8.ToArray(), "proposed"u8.ToArray(), "rejected"u8.ToArray(), "entered-in-error"u8.ToArray(),
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
    private bool _isEnteredInError;
    private bool _isStatusKnown;
    private bool _isConsentStatusKnown;

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
        (_isEnteredInError, _isStatusKnown, _isConsentStatusKnown) = (false, false, false);
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

        // Only now: the status may stand before the type, and other types have others.
        entry.IsEnteredInError = entry.Kind == ResourceKind.Observation && _isEnteredInError;
        const Element Observation = Element.Status | Element.Code | Element.Subject | Element.Effective, Consent = Element.Status | Element.Subject | Element.Effective;
        var incomplete = entry.Kind switch
        {
            ResourceKind.Observation => !_isStatusKnown || (_seen & Observation) != Observation || _seen.HasFlag(Element.Value | Element.DataAbsentReason),
            ResourceKind.Consent => !_isConsentStatusKnown || (_seen & Consent) != Consent,
            _ => false,
        };
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
            ReadStatus(ref reader);
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
        else if (name.SequenceEqual("dateTime"u8))
        {
            Once(Element.Effective);
            reader.Read();
            _bad |= !ReadTime(ref reader, out entry.Start, out entry.End);
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

    private void ReadStatus(ref Utf8JsonReader reader)
    {
        Once(Element.Status);
        reader.Read();
        if (!JsonScan.TryText(ref reader, _scratch, out var status))
        {
            _bad = true;
            ScanReferences(ref reader);
            return;
        }

        _isEnteredInError = status.SequenceEqual("entered-in-error"u8);
        foreach (var known in Statuses)
        {
            _isStatusKnown |= status.SequenceEqual(known);
        }

        foreach (var known in ConsentStatuses)
        {
            _isConsentStatusKnown |= status.SequenceEqual(known);
        }
    }
}
