namespace HomeHub.Contract.Tests;

public class ReasonCodesTests
{
    [Fact]
    public void Every_code_has_its_kebab_case_name_both_ways()
    {
        Assert.Equal(Enum.GetValues<ReasonCode>(), ReasonCodes.All);
        foreach (var reason in Enum.GetValues<ReasonCode>())
        {
            var kebab = string.Concat(reason.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
            Assert.Equal(kebab, reason.ToWire());
            Assert.True(ReasonCodes.TryParse(kebab, out var back));
            Assert.Equal(reason, back);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Not-Json")]
    [InlineData("not json")]
    [InlineData("tomorrows-reason")]
    public void Unknown_names_are_not_codes_of_this_version(string wire) => Assert.False(ReasonCodes.TryParse(wire, out _));

    [Fact]
    public void A_newer_code_counts_as_invalid_entry()
    {
        Assert.True(ReasonCodes.TryParseLenient("tomorrows-reason", out var reason));
        Assert.Equal(ReasonCode.InvalidEntry, reason);
        Assert.False(ReasonCodes.TryParseLenient("not a code", out _));
        Assert.False(ReasonCodes.TryParseLenient("", out _));
        Assert.False(ReasonCodes.TryParseLenient(new string('a', ContractLimits.MaxReasonCharacters + 1), out _));
    }

    [Fact]
    public void An_undefined_value_has_no_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => default(ReasonCode).ToWire());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ReasonCode)999).ToWire());
    }
}
