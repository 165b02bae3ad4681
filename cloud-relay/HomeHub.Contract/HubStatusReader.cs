using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HomeHub.Contract;

/// <summary>Reads status messages.</summary>
internal static class HubStatusReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ContractLimits.MaxJsonDepth };

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string whose escapes are no text.</exception>
    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out HubStatusMessage? status)
    {
        status = null;
        HubState? state = null;
        var read = new HubStatusMessage { State = HubState.Offline };
        var json = new Utf8JsonReader(payload, Options);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var ok = json.ValueTextEquals("state"u8) ? state is null && ReadState(ref json, out state)
                : json.ValueTextEquals("software"u8) ? read.Software is null && ReadSoftware(ref json, ref read)
                : json.ValueTextEquals("at"u8) ? read.At is null && ReadAt(ref json, ref read)
                : json.ValueTextEquals("buffered"u8) ? read.Buffered is null && ReadCount(ref json, out var n) && Set(ref read, read with { Buffered = n })
                : json.ValueTextEquals("sent"u8) ? read.Sent is null && ReadCount(ref json, out n) && Set(ref read, read with { Sent = n })
                : json.ValueTextEquals("rejected"u8) ? read.Rejected is null && ReadCount(ref json, out n) && Set(ref read, read with { Rejected = n })
                : json.ValueTextEquals("quarantined"u8) ? read.Quarantined is null && ReadCount(ref json, out n) && Set(ref read, read with { Quarantined = n })
                : json.ValueTextEquals("held"u8) ? read.Held is null && ReadCount(ref json, out n) && Set(ref read, read with { Held = n })
                : json.ValueTextEquals("silentDevices"u8) ? read.SilentDevices is null && ReadCount(ref json, out n) && Set(ref read, read with { SilentDevices = n })
                : json.ValueTextEquals("silentPeople"u8) ? read.SilentPeople is null && ReadCount(ref json, out n) && Set(ref read, read with { SilentPeople = n })
                : json.ValueTextEquals("audit"u8) ? read.Audit is null && ReadAudit(ref json, ref read)
                : json.ValueTextEquals("checks"u8) ? read.Checks is null && ReadChecks(ref json, out var checks) && Set(ref read, read with { Checks = checks })
                : Skip(ref json);
            if (!ok)
            {
                return false;
            }
        }

        if (json.TokenType != JsonTokenType.EndObject || json.Read() || state is null)
        {
            return false;
        }

        status = read with { State = state.Value };
        return true;
    }

    private static bool ReadState(ref Utf8JsonReader json, out HubState? state)
    {
        state = null;
        if (json.Read() && json.TokenType == JsonTokenType.String)
        {
            state = json.ValueTextEquals("online"u8) ? HubState.Online : json.ValueTextEquals("offline"u8) ? HubState.Offline : null;
        }

        return state is not null;
    }

    private static bool ReadSoftware(ref Utf8JsonReader json, ref HubStatusMessage status) =>
        json.Read() && json.TokenType == JsonTokenType.String && json.GetString() is { Length: <= ContractLimits.MaxSoftwareCharacters } software
        && Set(ref status, status with { Software = software });

    private static bool ReadAudit(ref Utf8JsonReader json, ref HubStatusMessage status) =>
        json.Read() && json.TokenType == JsonTokenType.String && json.GetString() is { Length: > 0 and <= ContractLimits.MaxAuditCharacters } mark
        && Set(ref status, status with { Audit = mark });

    private static bool ReadChecks(ref Utf8JsonReader json, out HubChecks checks)
    {
        checks = new HubChecks();
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var ok = json.ValueTextEquals("database"u8) ? checks.Database is null && ReadWord(ref json, out var word) && Set(ref checks, checks with { Database = word })
                : json.ValueTextEquals("disk"u8) ? checks.Disk is null && ReadWord(ref json, out word) && Set(ref checks, checks with { Disk = word })
                : json.ValueTextEquals("clock"u8) ? checks.Clock is null && ReadWord(ref json, out word) && Set(ref checks, checks with { Clock = word })
                : json.ValueTextEquals("certificates"u8) ? checks.Certificates is null && ReadWord(ref json, out word) && Set(ref checks, checks with { Certificates = word })
                : json.ValueTextEquals("adapter"u8) ? checks.Adapter is null && ReadWord(ref json, out word) && Set(ref checks, checks with { Adapter = word })
                : Skip(ref json);
            if (!ok)
            {
                return false;
            }
        }

        return json.TokenType == JsonTokenType.EndObject;
    }

    private static bool ReadWord(ref Utf8JsonReader json, out string? word)
    {
        word = json.Read() && json.TokenType == JsonTokenType.String ? json.GetString() : null;
        return HubChecks.IsWord(word);
    }

    private static bool ReadAt(ref Utf8JsonReader json, ref HubStatusMessage status) =>
        json.Read() && json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var at) && Set(ref status, status with { At = at });

    private static bool ReadCount(ref Utf8JsonReader json, out long count)
    {
        count = 0;
        return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out count) && count >= 0;
    }

    private static bool Set<T>(ref T known, T value)
    {
        known = value;
        return true;
    }

    private static bool Skip(ref Utf8JsonReader json)
    {
        json.Skip();
        return true;
    }
}
