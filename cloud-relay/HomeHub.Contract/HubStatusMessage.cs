using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HomeHub.Contract;

/// <summary>
/// A hub's status, retained at the broker: counts of readings and nothing about any of them. The Last Will is registered before anything is
/// counted and holds <see cref="State"/> only; every other member is then null and not written.
/// </summary>
public sealed record HubStatusMessage
{
    /// <summary>The Last Will: <c>{"state":"offline"}</c>.</summary>
    public static HubStatusMessage LastWill { get; } = new() { State = HubState.Offline };

    /// <summary>Member <c>state</c>.</summary>
    public required HubState State { get; init; }

    /// <summary>Member <c>software</c>: the hub's version, at most <see cref="ContractLimits.MaxSoftwareCharacters"/> characters.</summary>
    public string? Software { get; init; }

    /// <summary>Member <c>at</c>: when the counts were taken, by the hub's clock.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Member <c>buffered</c>: readings on disk and not yet sent. Not negative.</summary>
    public long? Buffered { get; init; }

    /// <summary>Member <c>sent</c>: readings sent and not yet receipted. Not negative.</summary>
    public long? Sent { get; init; }

    /// <summary>Member <c>rejected</c>: readings that the relay rejected for good. Not negative.</summary>
    public long? Rejected { get; init; }

    /// <summary>Member <c>quarantined</c>: payloads that could not be decoded. Not negative.</summary>
    public long? Quarantined { get; init; }

    /// <summary>Member <c>held</c>: payloads that wait until the hub knows its time. Not negative.</summary>
    public long? Held { get; init; }

    /// <summary>Member <c>silentDevices</c>: devices from which nothing came for longer than expected. Not negative.</summary>
    public long? SilentDevices { get; init; }

    /// <summary>Member <c>silentPeople</c>: people from whom nothing came for longer than expected. Not negative.</summary>
    public long? SilentPeople { get; init; }

    /// <summary>
    /// Member <c>audit</c>: number and leading hash digits of the last entry of the hub's audit log, <c>17:0123456789abcdef</c>, at most
    /// <see cref="ContractLimits.MaxAuditCharacters"/> characters. Who keeps it can tell later whether what stood there then was changed.
    /// </summary>
    public string? Audit { get; init; }

    /// <summary>Member <c>checks</c>: what the hub found of itself.</summary>
    public HubChecks? Checks { get; init; }

    /// <summary>Reads a status message. Members that it does not know are passed over.</summary>
    /// <param name="payload">The payload as received, UTF-8 JSON, at most <see cref="ContractLimits.MaxStatusBytes"/>.</param>
    /// <param name="status">The status, when it is one.</param>
    /// <returns>Whether the payload is a status message.</returns>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out HubStatusMessage? status)
    {
        status = null;
        if (payload.Length > ContractLimits.MaxStatusBytes)
        {
            return false;
        }

        try
        {
            return HubStatusReader.TryRead(payload, out status);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a string whose escapes are no text: no status.
            return false;
        }
    }

    /// <summary>Writes the status as UTF-8 JSON, without blanks; members that are null are left out.</summary>
    /// <param name="output">Where to write.</param>
    /// <exception cref="InvalidOperationException"><see cref="Software"/> or <see cref="Audit"/> is too long, a count is negative, or a check has no word.</exception>
    public void Write(IBufferWriter<byte> output)
    {
        if (Software?.Length > ContractLimits.MaxSoftwareCharacters || Audit?.Length > ContractLimits.MaxAuditCharacters || Buffered < 0 || Sent < 0 || Rejected < 0 || Quarantined < 0
            || Held < 0 || SilentDevices < 0 || SilentPeople < 0 || Checks?.Members.Any(check => check.Word is { } word && !HubChecks.IsWord(word)) == true)
        {
            throw new InvalidOperationException("A status message has no negative counts, a software version and a mark of bounded length, and checks in words.");
        }

        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("state"u8, State == HubState.Online ? "online"u8 : "offline"u8);
        if (Software is { } software)
        {
            json.WriteString("software"u8, software);
        }

        if (At is { } at)
        {
            json.WriteString("at"u8, at);
        }

        WriteCount(json, "buffered"u8, Buffered);
        WriteCount(json, "sent"u8, Sent);
        WriteCount(json, "rejected"u8, Rejected);
        WriteCount(json, "quarantined"u8, Quarantined);
        WriteCount(json, "held"u8, Held);
        WriteCount(json, "silentDevices"u8, SilentDevices);
        WriteCount(json, "silentPeople"u8, SilentPeople);
        if (Audit is { } audit)
        {
            json.WriteString("audit"u8, audit);
        }

        if (Checks is { } checks)
        {
            json.WriteStartObject("checks"u8);
            foreach ((string name, string? word) in checks.Members)
            {
                if (word is not null)
                {
                    json.WriteString(name, word);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The status as UTF-8 JSON.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToUtf8Bytes()
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(output);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteCount(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? count)
    {
        if (count is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
