using System.Text;
using System.Text.Json;
using HomeHub.CloudRelay.Store;
using Microsoft.Data.Sqlite;

namespace HomeHub.CloudRelay.Commands;

/// <summary>Shows dead letters: when, where, whose, why. Payloads stay in the store.</summary>
internal static class DeadLetterList
{
    private const string Query =
        "SELECT first_at, last_at, times, origin, hub, recipient, bundle, reason, status, entries, bytes FROM dead_letter ORDER BY seq";

    /// <summary>Writes the list.</summary>
    public static void Write(SqliteConnection connection, bool json, TextWriter output)
    {
        using var command = connection.Command(Query);
        using var row = command.ExecuteReader();
        var count = 0;
        while (row.Read())
        {
            count++;
            var (first, last) = (Time(row, 0), Time(row, 1));
            var origin = (DeadLetterOrigin)row.GetInt32(3) == DeadLetterOrigin.Intake ? "hub" : "fhir-server";
            var (hub, bundle) = (Uuid(row, 4), Uuid(row, 6));
            var entries = row.GetString(9).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int? status = row.IsDBNull(8) ? null : row.GetInt32(8);
            if (json)
            {
                output.WriteLine(Line(writer =>
                {
                    writer.WriteString("first"u8, first);
                    writer.WriteString("last"u8, last);
                    writer.WriteNumber("times"u8, row.GetInt64(2));
                    writer.WriteString("origin"u8, origin);
                    writer.WriteString("hub"u8, hub);
                    writer.WriteString("recipient"u8, row.GetString(5));
                    writer.WriteString("bundle"u8, bundle);
                    writer.WriteString("reason"u8, row.GetString(7));
                    if (status is { } number)
                    {
                        writer.WriteNumber("status"u8, number);
                    }

                    writer.WriteStartArray("entries"u8);
                    foreach (var entry in entries)
                    {
                        writer.WriteStringValue(entry);
                    }

                    writer.WriteEndArray();
                    writer.WriteNumber("bytes"u8, row.GetInt64(10));
                }));
            }
            else
            {
                output.WriteLine(FormattableString.Invariant(
                    $"{last:yyyy-MM-dd'T'HH:mm:ss'Z'}  {row.GetString(7),-20} {row.GetInt64(2),4}x  from {origin}{(status is { } code ? $" ({code})" : "")}, hub {hub}, bundle {bundle}, {entries.Length} entries named"));
            }
        }

        if (!json && count == 0)
        {
            output.WriteLine("No dead letters.");
        }
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static Guid Uuid(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);
}
