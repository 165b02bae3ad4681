using System.Globalization;
using HomeHub.Core.Naming;

namespace HomeHub.Core.Audit;

/// <summary>
/// What an entry of the audit log is about, as it stands there: <c>device=C0:FF:EE:00:00:01; user=2</c>. No language's words, so that pages tell it in the reader's. Entries of older programs
/// are words, and stay as they are, for each is chained to the one before.
/// </summary>
public static class AuditAbout
{
    private const string Between = "; ";

    private static readonly Dictionary<string, AuditDetail> Names =
        Enum.GetValues<AuditDetail>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Writes details; those without a value are left out.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Of(params (AuditDetail Detail, object? Value)[] details)
    {
        string[] written =
        [
            .. details.Where(detail => detail.Value is not null)
                .Select(detail => $"{NameOf(detail.Detail)}={Escape(Convert.ToString(detail.Value, CultureInfo.InvariantCulture)!)}"),
        ];
        return written.Length == 0 ? null : string.Join(Between, written);
    }

    /// <summary>A device, or one of its user slots.</summary>
    public static string OfDevice(string address, byte? userIndex = null) => Of((AuditDetail.Device, address), (AuditDetail.User, userIndex))!;

    /// <summary>Reads what <see cref="Of"/> wrote.</summary>
    /// <returns>The details in their order; null for an entry of an older program, or one that a newer program wrote with details that this one does not know.</returns>
    public static IReadOnlyList<(AuditDetail Detail, string Value)>? Read(string? about)
    {
        List<(AuditDetail, string)> details = [];
        foreach (string part in about?.Split(Between) ?? [])
        {
            int sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1 || !Names.TryGetValue(part[..sign], out AuditDetail detail))
            {
                return null;
            }

            details.Add((detail, Unescape(part[(sign + 1)..])));
        }

        return details.Count == 0 ? null : details;
    }

    /// <summary>One detail; null where it is not there.</summary>
    public static string? Find(string? about, AuditDetail detail) => Read(about)?.FirstOrDefault(one => one.Detail == detail).Value;

    private static string NameOf(AuditDetail detail) => KebabName.Of(detail);

    private static string Escape(string value) => value.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);

    private static string Unescape(string value) => value.Replace("%3B", ";", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
