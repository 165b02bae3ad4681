using HomeHub.Core.Network;

namespace HomeHub.Network.Tests;

public sealed class WifiPassphraseTests
{
    [Theory]
    [InlineData("12345678", true)]
    [InlineData("1234567", false)]
    [InlineData("with a space", true)]
    [InlineData("emoji-\u263a-no", false)]
    [InlineData("0123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdef0123", true)]
    [InlineData("g123456789abcdefABCDEF0123456789abcdefABCDEF0123456789abcdef0123", false)]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123", true)]
    public void A_passphrase_has_8_to_63_signs_or_is_a_key_of_64_hex_digits(string passphrase, bool isPossible) => Assert.Equal(isPossible, WifiPassphrase.IsPossible(passphrase));
}
