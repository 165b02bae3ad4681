using HomeHub.Core.Audit;

namespace HomeHub.Core.Tests.Audit;

public sealed class AuditAboutTests
{
    [Fact]
    public void Details_are_read_as_they_were_written_and_those_without_a_value_are_left_out()
    {
        Assert.Equal("reading=12; reason=test", AuditAbout.Of((AuditDetail.Reading, 12L), (AuditDetail.Reason, "test")));
        Assert.Equal("reading=12", AuditAbout.Of((AuditDetail.Reading, 12L), (AuditDetail.Reason, null)));
        Assert.Null(AuditAbout.Of((AuditDetail.Language, null)));
        Assert.Equal("device=C0:FF:EE:00:00:01; user=2", AuditAbout.OfDevice("C0:FF:EE:00:00:01", 2));
        Assert.Equal([(AuditDetail.Device, "C0:FF:EE:00:00:01"), (AuditDetail.User, "2")], AuditAbout.Read("device=C0:FF:EE:00:00:01; user=2")!);
        Assert.Equal(("2", null), (AuditAbout.Find("device=C0:FF:EE:00:00:01; user=2", AuditDetail.User), AuditAbout.Find("device=C0:FF:EE:00:00:01", AuditDetail.User)));
    }

    [Theory]
    [InlineData("Etxea")]
    [InlineData("a; zone=b")]
    [InlineData("100%; 3%3B")]
    [InlineData("x=y")]
    public void A_network_may_be_called_anything(string name) =>
        Assert.Equal([(AuditDetail.Network, name), (AuditDetail.Step, "place")], AuditAbout.Read(AuditAbout.Of((AuditDetail.Network, name), (AuditDetail.Step, "place")))!);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("reading 12, test")]
    [InlineData("C0:FF:EE:00:00:01, user 2")]
    [InlineData("future=1; reading=2")]
    public void What_an_older_or_newer_program_wrote_is_no_detail(string? about) => Assert.Null(AuditAbout.Read(about));
}
