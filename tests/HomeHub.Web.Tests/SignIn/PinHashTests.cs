using HomeHub.Web.SignIn;

namespace HomeHub.Web.Tests.SignIn;

public sealed class PinHashTests
{
    [Fact]
    public void A_pin_is_kept_with_salt_and_cost_and_only_the_right_one_matches()
    {
        string kept = PinHash.Create("4711"), other = PinHash.Create("4711");
        Assert.NotEqual(kept, other);
        Assert.StartsWith("pbkdf2-sha256$210000$", kept, StringComparison.Ordinal);
        Assert.True(PinHash.Matches("4711", kept));
        Assert.False(PinHash.Matches("4712", kept));
        Assert.False(PinHash.Matches("4711", null));
        Assert.False(PinHash.Matches("4711", "plain$4711"));
    }

    /// <summary>Computed with Python's hashlib: <c>pbkdf2_hmac('sha256', b'4711', bytes(range(16)), 1000)</c>.</summary>
    [Fact]
    public void What_was_kept_is_compared_at_the_cost_it_was_kept_with() =>
        Assert.True(PinHash.Matches("4711", "pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$tb1uiJF+jBjAdeUuuEJ7vAD5jXMIzVCcSA5EkkK7qsA="));
}
