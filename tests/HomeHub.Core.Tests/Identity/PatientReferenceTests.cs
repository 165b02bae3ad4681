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
}
