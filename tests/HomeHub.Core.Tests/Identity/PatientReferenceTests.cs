using HomeHub.Core.Identity;

namespace HomeHub.Core.Tests.Identity;

public sealed class PatientReferenceTests
{
    [Theory]
    [InlineData("Patient/p1", "p1")]
    [InlineData("urn:oid:2.999.10.20.30|P0042", "P0042-urn:oid:2.999.10.20.30")]
    public void A_patient_is_read_and_named(string key, string identifierPart)
    {
        Assert.True(PatientReference.TryParse(key, out PatientReference? patient));
        Assert.Equal(identifierPart, patient!.IdentifierPart);
        Assert.Equal(key, patient.Key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("p1")]
    [InlineData("Patient/")]
    [InlineData("Patient/a b")]
    [InlineData("Practitioner/p1")]
    [InlineData("|P0042")]
    [InlineData("urn:oid:1|")]
    [InlineData("Patient/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Anything_else_is_no_patient(string? key) => Assert.False(PatientReference.TryParse(key, out _));

    [Fact]
    public void The_longest_patient_has_a_uuid_and_a_longer_one_is_none()
    {
        string longest = new string('\u20AC', PatientReference.MaxSystemChars) + "|" + new string('\u20AC', PatientReference.MaxValueChars);
        Assert.True(PatientReference.TryParse(longest, out PatientReference? patient));
        Assert.NotEqual(Guid.Empty, NameUuid.Create(Guid.Empty, System.Text.Encoding.UTF8.GetBytes("patient" + patient!.Key)));
        Assert.False(PatientReference.TryParse("x" + longest, out _));
        Assert.False(PatientReference.TryParse(longest + "x", out _));
    }
}
