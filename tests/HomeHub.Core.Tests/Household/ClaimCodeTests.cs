using HomeHub.Core.Household;

namespace HomeHub.Core.Tests.Household;

public sealed class ClaimCodeTests
{
    [Fact]
    public void A_code_has_three_groups_of_letters_that_are_not_taken_for_others_and_none_is_like_another()
    {
        string[] codes = [.. Enumerable.Range(0, 200).Select(_ => ClaimCode.Create())];
        Assert.All(codes, code => Assert.Matches("^[ACDEFGHJKMNPQRTUVWXY3479]{4}(-[ACDEFGHJKMNPQRTUVWXY3479]{4}){2}$", code));
        Assert.Equal(codes.Length, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("acdefghjkm34", "ACDE-FGHJ-KM34")]
    [InlineData(" acde fghj-km34 ", "ACDE-FGHJ-KM34")]
    [InlineData("ACDE-FGHJ-KM3", null)]
    [InlineData("ACDE-FGHJ-KM345", null)]
    [InlineData("ACDE-FGHJ-KM3O", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void What_was_typed_is_read_whatever_its_case_and_gaps(string? typed, string? code) => Assert.Equal(code, ClaimCode.Normalise(typed));
}
