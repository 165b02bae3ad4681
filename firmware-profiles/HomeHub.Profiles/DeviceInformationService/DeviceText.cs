using System.Text;

namespace HomeHub.Profiles.DeviceInformationService;

/// <summary>The UTF-8 strings of the Device Information Service (GATT Specification Supplement, utf8s).</summary>
public static class DeviceText
{
    /// <summary>
    /// The text: up to its first NUL, octets that are no UTF-8 as U+FFFD, control characters (which FHIR's strings may not hold) as blanks,
    /// without blanks at its ends. Null when nothing remains.
    /// </summary>
    public static string? Read(ReadOnlySpan<byte> octets)
    {
        int end = octets.IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(end < 0 ? octets : octets[..end]);
        if (text.AsSpan().IndexOfAnyInRange('\u0001', '\u001F') >= 0 || text.AsSpan().IndexOfAnyInRange('\u007F', '\u009F') >= 0)
        {
            text = string.Create(text.Length, text, static (clean, raw) =>
            {
                for (int i = 0; i < raw.Length; i++)
                {
                    clean[i] = char.IsControl(raw[i]) ? ' ' : raw[i];
                }
            });
        }

        text = text.Trim();
        return text.Length > 0 ? text : null;
    }
}
