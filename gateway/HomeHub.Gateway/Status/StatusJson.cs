using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using HomeHub.Core.Buffering;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.SelfCheck;

namespace HomeHub.Gateway.Status;

/// <summary><c>homehub status --json</c>: keys are only ever added (docs/command-line.md).</summary>
internal static class StatusJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HubStatus status, Stream output)
    {
        BufferCounts counts = status.Counts;
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("buffered", counts.Buffered);
        json.WriteNumber("sent", counts.Sent);
        json.WriteNumber("receipted", counts.Receipted);
        json.WriteNumber("rejected", counts.Rejected);
        json.WriteNumber("quarantined", counts.Quarantined);
        json.WriteNumber("local", counts.Local);
        json.WriteNumber("withheld", counts.Withheld);
        json.WriteNumber("unassigned", counts.Unassigned);
        json.WriteNumber("discarded", counts.Discarded);
        json.WriteNumber("takenBack", counts.TakenBack);
        json.WriteNumber("duplicates", counts.Duplicates);
        json.WriteNumber("taken", counts.Taken);
        json.WriteNumber("sentAgain", counts.SentAgain);
        json.WriteString("oldestUnreceiptedAt", Instant(counts.OldestUnreceiptedAt));
        json.WriteString("lastReceiptAt", Instant(counts.LastReceiptAt));
        json.WriteNumber("held", status.Held);
        json.WriteString("heldBecause", status.Run?.HeldBecause);
        WriteCount(json, "silentDevices", status.Silence?.Devices);
        WriteCount(json, "silentPeople", status.Silence?.People);
        WriteMap(json, "rejectedByReason", counts.RejectedByReason);
        WriteMap(json, "quarantinedByCause", counts.QuarantinedByCause);
        json.WriteNumber("sizeBytes", counts.SizeBytes);
        json.WriteBoolean("full", counts.IsFull);
        json.WriteNumber("known", counts.Known);
        json.WriteNumber("noLongerKnown", counts.NoLongerKnown);
        json.WriteString("hub", status.Hub?.ToString("D"));
        json.WriteString("movedAt", Instant(status.Moved?.At));
        json.WriteString("broker", status.Broker);
        json.WriteString("brokerSince", Instant(status.Run?.BrokerSince));
        json.WriteString("brokerError", status.Run?.LastError);
        json.WriteString("bluetooth", status.Run?.Radio);
        json.WriteString("bluetoothError", status.Run?.RadioError);
        json.WriteString("pages", status.Run?.Pages);
        json.WriteString("ownNetwork", status.Run?.OwnNetwork);
        json.WriteString("room", status.Run?.Room);
        json.WriteString("roomAt", Instant(status.Run?.RoomAt));
        WriteBoard(json, status.Run?.Board);
        WriteSelfCheck(json, status.Run?.SelfCheck);
        json.WriteString("runningSince", Instant(status.Run?.Since));
        WriteCount(json, "pid", status.Run?.Pid);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void WriteSelfCheck(Utf8JsonWriter json, SelfCheckReport? report)
    {
        json.WritePropertyName("selfCheck");
        if (report is null)
        {
            json.WriteNullValue();
        }
        else
        {
            SelfCheckJson.Write(json, report);
        }
    }

    private static void WriteCount(Utf8JsonWriter json, string name, int? count)
    {
        if (count is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteBoard(Utf8JsonWriter json, IReadOnlyList<BoardPartState>? board)
    {
        if (board is null)
        {
            json.WriteNull("board");
            return;
        }

        json.WriteStartObject("board");
        foreach (BoardPartState part in board)
        {
            json.WriteStartObject(part.Part);
            json.WriteString("condition", part.Condition);
            json.WriteString("place", part.Place);
            if (part.Shows is { } shows)
            {
                json.WriteString("shows", shows);
                json.WriteStartArray("needs");
                foreach (string need in part.Needs ?? [])
                {
                    json.WriteStringValue(need);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, long> map)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static string? Instant(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);
}
