using System.Buffers;

namespace HomeHub.Core.Identity;

/// <summary>
/// A patient: by the logical id that a server gave out (<c>Patient/p1</c>), or by a business identifier, for which the hub
/// sends a Patient resource along.
/// </summary>
/// <param name="Value">Logical reference, or the identifier's value.</param>
/// <param name="System">System of the identifier; null for a logical reference.</param>
public sealed record PatientReference(string Value, string? System = null)
{
    /// <summary>Longest logical reference and identifier value, in characters.</summary>
    public const int MaxValueChars = 72;

    /// <summary>Longest system of an identifier, in characters.</summary>
    public const int MaxSystemChars = 200;

    /// <summary>Stands where a record is nobody's yet. Can't be parsed, and is nobody's reference in anything that leaves the hub.</summary>
    public static readonly PatientReference Nobody = new("");

    /// <summary>
    /// Stands where a record is nobody's and of the room where the hub stands: a place, never a person. Can't be parsed, so that nothing that says whose something is can mean it.
    /// </summary>
    public static readonly PatientReference Room = new("Location/room");

    private static readonly SearchValues<char> IdChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>True for <see cref="Nobody"/>.</summary>
    public bool IsNobody => Value.Length == 0;

    /// <summary>True for <see cref="Room"/>.</summary>
    public bool IsRoom => this == Room;

    /// <summary>True when the patient is known by a server's logical id and no resource is sent along.</summary>
    public bool IsLogical => System is null && !IsRoom;

    /// <summary>The patient's part of a conditional-create identifier: the logical id alone, or value and system.</summary>
    public string IdentifierPart => System is null ? Value[(Value.LastIndexOf('/') + 1)..] : $"{Value}-{System}";

    /// <summary>One text that tells patients apart, for storage and for <c>--patient</c>: <c>Patient/p1</c> or <c>system|value</c>.</summary>
    public string Key => System is null ? Value : $"{System}|{Value}";

    /// <summary>Reads what <see cref="Key"/> wrote; false when it is empty, too long, or a reference to something else than a Patient.</summary>
    public static bool TryParse(string? key, out PatientReference? patient)
    {
        patient = null;
        if (string.IsNullOrWhiteSpace(key))
        {
            return false;
        }

        int bar = key.IndexOf('|', StringComparison.Ordinal);
        if (bar > 0 && bar < key.Length - 1)
        {
            patient = new PatientReference(key[(bar + 1)..], key[..bar]);
        }
        else if (bar < 0 && key.StartsWith("Patient/", StringComparison.Ordinal) && IsId(key.AsSpan(8)))
        {
            patient = new PatientReference(key);
        }

        return patient is { Value.Length: <= MaxValueChars } and ({ System: null } or { System.Length: <= MaxSystemChars });
    }

    /// <summary>FHIR R4 id: letters, digits, dash and dot, 1 to 64 of them.</summary>
    private static bool IsId(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= 64 && id.IndexOfAnyExcept(IdChars) < 0;
}
