using System.Text.Json;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>Small steps over a <see cref="Utf8JsonReader"/> that several readers need.</summary>
internal static class JsonScan
{
    /// <summary>
    /// The text of the string token, without JSON escapes.
    /// </summary>
    /// <param name="reader">Stands on the value.</param>
    /// <param name="scratch">Room for a text with escapes.</param>
    /// <param name="text">The text; valid until scratch is used again.</param>
    /// <returns>False where the value is no string, or too long for scratch, or its escapes are no text.</returns>
    public static bool TryText(ref Utf8JsonReader reader, byte[] scratch, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            text = reader.ValueSpan;
            return true;
        }

        if (reader.ValueSpan.Length > scratch.Length)
        {
            return false;
        }

        try
        {
            text = scratch.AsSpan(0, reader.CopyString(scratch));
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: the reader has no other way to say so.
            return false;
        }
    }

    /// <summary>Steps to the next property of the object that the reader is in; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }
}
