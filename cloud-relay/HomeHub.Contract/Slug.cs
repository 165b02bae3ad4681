using System.Buffers;

namespace HomeHub.Contract;

/// <summary>The characters of recipients and reason codes.</summary>
internal static class Slug
{
    public static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
