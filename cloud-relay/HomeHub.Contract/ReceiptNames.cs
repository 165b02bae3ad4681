using System.Text.Json;

namespace HomeHub.Contract;

/// <summary>The member names and values of a receipt, encoded once.</summary>
internal static class ReceiptNames
{
    public static readonly JsonEncodedText Bundle = JsonEncodedText.Encode("bundle");
    public static readonly JsonEncodedText Outcome = JsonEncodedText.Encode("outcome");
    public static readonly JsonEncodedText Stored = JsonEncodedText.Encode("stored");
    public static readonly JsonEncodedText Duplicate = JsonEncodedText.Encode("duplicate");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    public static readonly JsonEncodedText Entries = JsonEncodedText.Encode("entries");
    public static readonly JsonEncodedText Entry = JsonEncodedText.Encode("entry");
    public static readonly JsonEncodedText Committed = JsonEncodedText.Encode("committed");
    public static readonly JsonEncodedText Rejected = JsonEncodedText.Encode("rejected");
}
