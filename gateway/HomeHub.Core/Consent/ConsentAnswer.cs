namespace HomeHub.Core.Consent;

/// <summary>What a person said. Numbers stay: they are stored.</summary>
public enum ConsentAnswer : byte
{
    /// <summary>It may go.</summary>
    Given = 1,

    /// <summary>It may not go, and never might.</summary>
    Refused = 2,

    /// <summary>It may not go any more.</summary>
    Withdrawn = 3,
}
