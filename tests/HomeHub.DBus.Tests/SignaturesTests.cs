namespace HomeHub.DBus.Tests;

/// <summary>D-Bus specification, type system: signatures.</summary>
public sealed class SignaturesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("su", "s u")]
    [InlineData("a{oa{sa{sv}}}as", "a{oa{sa{sv}}} as")]
    [InlineData("(ii)a(sv)v", "(ii) a(sv) v")]
    public void Are_taken_apart(string signature, string types) =>
        Assert.Equal(types.Split(' ', StringSplitOptions.RemoveEmptyEntries), Signatures.Split(signature));

    [Theory]
    [InlineData("a")]
    [InlineData("(s")]
    [InlineData("a{s")]
    [InlineData("z")]
    [InlineData("h")]
    public void What_is_none_is_refused(string signature) => Assert.Throws<DBusException>(() => Signatures.Split(signature));

    [Fact]
    public void Too_long_ones_are_refused() => Assert.Throws<DBusException>(() => Signatures.Split(new string('s', 256)));
}
