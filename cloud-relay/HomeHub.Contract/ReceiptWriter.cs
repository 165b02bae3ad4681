using System.Buffers;
using System.Text.Json;

namespace HomeHub.Contract;

/// <summary>Writes receipts.</summary>
internal static class ReceiptWriter
{
    public static void Write(Receipt receipt, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString(ReceiptNames.Bundle, receipt.Bundle);
        if (receipt.Outcome == ReceiptOutcome.Committed)
        {
            json.WriteString(ReceiptNames.Outcome, ReceiptNames.Committed);
            WriteUuids(json, ReceiptNames.Stored, receipt.Stored);
            WriteUuids(json, ReceiptNames.Duplicate, receipt.Duplicate);
        }
        else
        {
            json.WriteString(ReceiptNames.Outcome, ReceiptNames.Rejected);
            json.WriteString(ReceiptNames.Reason, receipt.Reason!.Value.ToWire());
            json.WriteStartArray(ReceiptNames.Entries);
            for (var i = 0; i < receipt.Entries.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString(ReceiptNames.Entry, receipt.Entries[i].Entry);
                json.WriteString(ReceiptNames.Reason, receipt.Entries[i].Reason.ToWire());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteUuids(Utf8JsonWriter json, JsonEncodedText name, IReadOnlyList<Guid> uuids)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < uuids.Count; i++)
        {
            json.WriteStringValue(uuids[i]);
        }

        json.WriteEndArray();
    }
}
