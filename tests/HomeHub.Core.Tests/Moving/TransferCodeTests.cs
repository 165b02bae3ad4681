using HomeHub.Core.Moving;

namespace HomeHub.Core.Tests.Moving;

public sealed class TransferCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void A_code_is_seven_groups_of_four_and_reads_as_what_it_was()
    {
        for (int i = 0; i < 200; i++)
        {
            var code = TransferCode.Create();
            Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$", code.Text);
            TransferCode read = TransferCode.Read(code.Text)!;
            Assert.Equal(code.Secret.ToArray(), read.Secret.ToArray());
            Assert.Equal(code.Text, read.Text);
        }
    }

    [Fact]
    public void Case_blanks_dashes_and_letters_that_look_alike_do_not_matter()
    {
        TransferCode code = TransferCode.Create();
        while (!(code.Text.Contains('0', StringComparison.Ordinal) && code.Text.Contains('1', StringComparison.Ordinal)))
        {
            code = TransferCode.Create();
        }

        string typed = code.Text.ToLowerInvariant().Replace("-", "  ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l');
        Assert.Equal(code.Secret.ToArray(), TransferCode.Read(typed)!.Secret.ToArray());
        Assert.Equal(code.Secret.ToArray(), TransferCode.Read(code.Text.Replace('1', 'I'))!.Secret.ToArray());
    }

    [Fact]
    public void Nearly_every_slip_is_found()
    {
        char[] letters = TransferCode.Create().Text.ToCharArray();
        int slips = 0, found = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            if (letters[i] == '-')
            {
                continue;
            }

            foreach (char other in Alphabet.Where(other => other != letters[i]))
            {
                slips++;
                char right = letters[i];
                letters[i] = other;
                found += TransferCode.Read(new string(letters)) is null ? 1 : 0;
                letters[i] = right;
            }
        }

        // 12 bits let one in 4,096 through.
        Assert.Equal(28 * 31, slips);
        Assert.InRange(slips - found, 0, 6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123-4567")]
    [InlineData("UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UUUU")]
    [InlineData("0000-0000-0000-0000-0000-0000-0000-0000")]
    public void What_is_no_code_is_none(string? typed) => Assert.Null(TransferCode.Read(typed));
}
