using HomeHub.Profiles.UserData;

namespace HomeHub.Profiles.Tests.UserData;

public sealed class UserControlPointTests
{
    [Fact]
    public void Consent_is_op_code_index_and_code() => Assert.Equal([0x02, 0x01, 0xD2, 0x04], UserControlPoint.Consent(1, 1234));

    [Fact]
    public void There_is_no_consent_for_the_unknown_user_and_no_code_of_five_digits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UserControlPoint.Consent(255, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UserControlPoint.Consent(0, 10000));
    }

    /// <summary>Vectors 2A9F-01 to -03.</summary>
    [Theory]
    [InlineData("200201", 2, true)]
    [InlineData("200205", 2, false)]
    [InlineData("200203", 2, false)]
    [InlineData("20010103", 1, true)]
    public void An_answer_names_its_request_and_how_it_ended(string octets, byte request, bool isSuccess)
    {
        Assert.True(UserControlAnswer.TryDecode(Convert.FromHexString(octets), out UserControlAnswer answer, out _));
        Assert.Equal((request, isSuccess), (answer.Request, answer.IsSuccess));
    }

    [Theory]
    [InlineData("", DecodeErrorCode.Truncated, "Op Code", 0)]
    [InlineData("2002", DecodeErrorCode.Truncated, "Response Value", 2)]
    [InlineData("060001", DecodeErrorCode.FieldOutOfRange, "Op Code", 0)]
    public void What_is_no_answer_says_why(string octets, DecodeErrorCode code, string field, int offset)
    {
        Assert.False(UserControlAnswer.TryDecode(Convert.FromHexString(octets), out _, out DecodeError error));
        Assert.Equal((code, field, offset), (error.Code, error.Field, error.Offset));
    }
}
