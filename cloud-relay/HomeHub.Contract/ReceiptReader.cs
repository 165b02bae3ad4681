using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HomeHub.Contract;

/// <summary>Reads receipts; bad input is an answer (false), never an exception.</summary>
internal ref struct ReceiptReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ContractLimits.MaxJsonDepth };

    private Utf8JsonReader _json;
    private Guid? _bundle;
    private ReceiptOutcome? _outcome;
    private ReasonCode? _reason;
    private List<Guid>? _stored;
    private List<Guid>? _duplicate;
    private List<RejectedEntry>? _entries;

    private ReceiptReader(ReadOnlySpan<byte> payload) => _json = new Utf8JsonReader(payload, Options);

    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        if (payload.Length > ContractLimits.MaxPayloadBytes)
        {
            return false;
        }

        var reader = new ReceiptReader(payload);
        try
        {
            receipt = reader.ReadAll() ? reader.ToReceipt() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JsonException: not JSON. InvalidOperationException: a string whose escapes are no text. Either way no receipt.
            return false;
        }

        return receipt is not null;
    }

    private bool ReadAll()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadMember())
            {
                return false;
            }
        }

        // Nothing may follow the object; Read throws for anything but blanks.
        return _json.TokenType == JsonTokenType.EndObject && !_json.Read();
    }

    private bool ReadMember()
    {
        if (_json.ValueTextEquals(ReceiptNames.Bundle.EncodedUtf8Bytes))
        {
            return _bundle is null && ReadUuid(out _bundle);
        }

        if (_json.ValueTextEquals(ReceiptNames.Outcome.EncodedUtf8Bytes))
        {
            return _outcome is null && ReadOutcome();
        }

        if (_json.ValueTextEquals(ReceiptNames.Reason.EncodedUtf8Bytes))
        {
            return _reason is null && ReadReason(out _reason);
        }

        if (_json.ValueTextEquals(ReceiptNames.Stored.EncodedUtf8Bytes))
        {
            return _stored is null && ReadUuids(out _stored);
        }

        if (_json.ValueTextEquals(ReceiptNames.Duplicate.EncodedUtf8Bytes))
        {
            return _duplicate is null && ReadUuids(out _duplicate);
        }

        if (_json.ValueTextEquals(ReceiptNames.Entries.EncodedUtf8Bytes))
        {
            return _entries is null && ReadEntries();
        }

        _json.Skip();
        return true;
    }

    private bool ReadUuid(out Guid? uuid)
    {
        uuid = null;
        if (!_json.Read() || _json.TokenType != JsonTokenType.String || !_json.TryGetGuid(out var value))
        {
            return false;
        }

        uuid = value;
        return true;
    }

    private bool ReadOutcome()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.String)
        {
            return false;
        }

        _outcome = _json.ValueTextEquals(ReceiptNames.Committed.EncodedUtf8Bytes) ? ReceiptOutcome.Committed
            : _json.ValueTextEquals(ReceiptNames.Rejected.EncodedUtf8Bytes) ? ReceiptOutcome.Rejected
            : null;
        return _outcome is not null;
    }

    private bool ReadReason(out ReasonCode? reason)
    {
        reason = null;
        if (!_json.Read() || _json.TokenType != JsonTokenType.String || _json.ValueSpan.Length > ContractLimits.MaxReasonCharacters)
        {
            return false;
        }

        Span<char> text = stackalloc char[ContractLimits.MaxReasonCharacters];
        if (!ReasonCodes.TryParseLenient(text[.._json.CopyString(text)], out var code))
        {
            return false;
        }

        reason = code;
        return true;
    }

    private bool ReadUuids(out List<Guid>? uuids)
    {
        uuids = null;
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        uuids = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.String || !_json.TryGetGuid(out var uuid) || uuids.Count == ContractLimits.MaxEntries)
            {
                return false;
            }

            uuids.Add(uuid);
        }

        return true;
    }

    private bool ReadEntries()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        _entries = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.StartObject || _entries.Count == ContractLimits.MaxEntries || !ReadEntry(out var entry))
            {
                return false;
            }

            _entries.Add(entry);
        }

        return true;
    }

    private bool ReadEntry(out RejectedEntry entry)
    {
        Guid? uuid = null;
        ReasonCode? reason = null;
        entry = default;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals(ReceiptNames.Entry.EncodedUtf8Bytes))
            {
                if (uuid is not null || !ReadUuid(out uuid))
                {
                    return false;
                }
            }
            else if (_json.ValueTextEquals(ReceiptNames.Reason.EncodedUtf8Bytes))
            {
                if (reason is not null || !ReadReason(out reason))
                {
                    return false;
                }
            }
            else
            {
                _json.Skip();
            }
        }

        if (uuid is null || reason is null)
        {
            return false;
        }

        entry = new RejectedEntry(uuid.Value, reason.Value);
        return true;
    }

    private readonly Receipt? ToReceipt()
    {
        if (_bundle is not { } bundle)
        {
            return null;
        }

        return _outcome switch
        {
            ReceiptOutcome.Committed when _stored is not null && _duplicate is not null && _reason is null && _entries is null
                && _stored.Count + _duplicate.Count <= ContractLimits.MaxEntries => Receipt.Committed(bundle, _stored, _duplicate),
            ReceiptOutcome.Rejected when _reason is { } reason && _stored is null && _duplicate is null => Receipt.Rejected(bundle, reason, _entries),
            _ => null,
        };
    }
}
