namespace HomeHub.Profiles.NewProfile;

/// <summary>IEEE 11073-10101 terms of SERVICE_NAME.</summary>
public static class NewProfileTerms
{
    // TODO: one public static readonly MdcTerm each; it stands in docs/nomenclature.tsv with its source first.
}
