namespace HomeHub.Contract;

/// <summary>The wire names of <see cref="ReasonCode"/>, both ways.</summary>
public static class ReasonCodes
{
    private static readonly (ReasonCode Code, string Wire)[] Table =
    [
        (ReasonCode.NotJson, "not-json"),
        (ReasonCode.NotFhir, "not-fhir"),
        (ReasonCode.TooLarge, "too-large"),
        (ReasonCode.NotBrotli, "not-brotli"),
        (ReasonCode.DecompressionBomb, "decompression-bomb"),
        (ReasonCode.UnknownEncoding, "unknown-encoding"),
        (ReasonCode.EmptyBundle, "empty-bundle"),
        (ReasonCode.NotATransaction, "not-a-transaction"),
        (ReasonCode.UnsupportedResource, "unsupported-resource"),
        (ReasonCode.MissingIdentifier, "missing-identifier"),
        (ReasonCode.BundleMismatch, "bundle-mismatch"),
        (ReasonCode.MixedPatients, "mixed-patients"),
        (ReasonCode.NotEnrolled, "not-enrolled"),
        (ReasonCode.UnknownReference, "unknown-reference"),
        (ReasonCode.InvalidEntry, "invalid-entry"),
        (ReasonCode.UpdateNotPermitted, "update-not-permitted"),
        (ReasonCode.UpdateOfOtherSubject, "update-of-other-subject"),
        (ReasonCode.UpdateOfOtherHub, "update-of-other-hub"),
    ];

    /// <summary>Every code of this version.</summary>
    public static IReadOnlyList<ReasonCode> All { get; } = Array.ConvertAll(Table, row => row.Code);

    /// <summary>The wire name.</summary>
    /// <param name="reason">A defined code.</param>
    /// <returns>Kebab-case, for instance <c>not-json</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static string ToWire(this ReasonCode reason)
    {
        // The table is in the order of the enumeration, which starts at 1; a test holds it to that.
        var index = (int)reason - 1;
        return (uint)index < (uint)Table.Length ? Table[index].Wire : throw new ArgumentOutOfRangeException(nameof(reason));
    }

    /// <summary>Reads a wire name of this version.</summary>
    /// <param name="wire">The name as received; case matters.</param>
    /// <param name="reason">The code, when known.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryParse(ReadOnlySpan<char> wire, out ReasonCode reason)
    {
        foreach (var (code, name) in Table)
        {
            if (wire.SequenceEqual(name))
            {
                reason = code;
                return true;
            }
        }

        reason = default;
        return false;
    }

    /// <summary>
    /// Reads a wire name that may be younger than this software: a well-formed code that is not known counts as <see cref="ReasonCode.InvalidEntry"/>,
    /// so that a hub splits what a newer relay rejects, instead of sending it for ever.
    /// </summary>
    /// <param name="wire">The name as received.</param>
    /// <param name="reason">The code.</param>
    /// <returns>False when it is no code at all: not <c>[a-z0-9-]</c>, empty or too long.</returns>
    public static bool TryParseLenient(ReadOnlySpan<char> wire, out ReasonCode reason)
    {
        if (TryParse(wire, out reason))
        {
            return true;
        }

        reason = ReasonCode.InvalidEntry;
        return wire.Length is > 0 and <= ContractLimits.MaxReasonCharacters && !wire.ContainsAnyExcept(Slug.Characters);
    }
}
