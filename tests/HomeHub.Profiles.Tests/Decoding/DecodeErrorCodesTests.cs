using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace HomeHub.Profiles.Tests.Decoding;

/// <summary>The names of the codes are stable, each its own, and all of them are documented.</summary>
public partial class DecodeErrorCodesTests
{
    [Fact]
    public void The_document_lists_each_code_once_and_no_other()
    {
        string document = File.ReadAllText(Path.Combine(SourceFolder(), "docs", "decode-errors.md"));
        IEnumerable<string> listed = Row().Matches(document).Select(row => row.Groups[1].Value);
        IEnumerable<string> codes = Enum.GetValues<DecodeErrorCode>().Where(code => code != DecodeErrorCode.None).Select(code => code.ToWire());
        Assert.Equal(codes, listed);
    }

    [Fact]
    public void Names_are_kebab_case_and_say_what_the_code_says()
    {
        Assert.All(Enum.GetValues<DecodeErrorCode>(), code =>
            Assert.Equal(code.ToString(), string.Concat(code.ToWire().Split('-').Select(Capital)), ignoreCase: true));
        Assert.All(Enum.GetValues<DecodeErrorCode>(), code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code.ToWire()));
    }

    [Fact]
    public void A_code_that_does_not_exist_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DecodeErrorCode)200).ToWire());

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [GeneratedRegex(@"^\| `([a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static string SourceFolder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
