namespace HomeHub.Web.Texts;

/// <summary>The languages of the pages. Read when first asked for.</summary>
public static class Languages
{
    /// <summary>Code of the language that is taken when nothing says otherwise.</summary>
    public const string DefaultCode = "en";

    private static readonly Dictionary<string, Lazy<Language>> All =
        new[] { DefaultCode, "es", "eu", "sv", "nb" }.ToDictionary(code => code, code => new Lazy<Language>(() => Language.Load(code)), StringComparer.Ordinal);

    /// <summary>Codes of all languages.</summary>
    public static IReadOnlyCollection<string> Codes => All.Keys;

    /// <summary>The language that is taken when nothing says otherwise.</summary>
    public static Language Default => All[DefaultCode].Value;

    /// <summary>A language by its code; null when there is none. <c>es-MX</c> is Spanish, <c>no</c> and <c>nn</c> are read as Bokmål.</summary>
    public static Language? Find(string? code)
    {
        string plain = code?.Split('-', '_')[0].Trim().ToLowerInvariant() ?? "";
        return All.TryGetValue(plain is "no" or "nn" ? "nb" : plain, out Lazy<Language>? found) ? found.Value : null;
    }
}
