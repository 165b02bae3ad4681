using HomeHub.Core.History;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Web.Own;
using HomeHub.Web.Tests.Texts;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Tests.Own;

/// <summary>Whatever a profile can tell has a word for a person: no page shows a term of the standard.</summary>
public sealed class TermWordsTests
{
    [Fact]
    public void Every_term_of_a_profile_has_words()
    {
        Assert.True(ProfileTerms.Terms.Count > 70, $"only {ProfileTerms.Terms.Count} terms were found");
        Assert.DoesNotContain(ProfileTerms.Terms, term =>
            term != BloodPressureTerms.Panel && VitalReader.SignOf(term) is null && TermWords.Find(term, ValueSubject.Patient, Languages.Default) is null);
    }

    [Fact]
    public void Everything_that_a_device_notices_has_words_in_every_language()
    {
        Assert.True(ProfileTerms.Bits.Count > 40, $"only {ProfileTerms.Bits.Count} bits were found");
        Assert.All(Languages.Codes, code => Assert.DoesNotContain(ProfileTerms.Bits, name => TermWords.NoteOf(new BitState(0, name, true), Languages.Find(code)!) == name));
    }

    [Fact]
    public void What_was_measured_of_control_solution_is_no_glucose_of_a_person()
    {
        var capillary = new MdcTerm(160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD");
        Assert.Equal("Glucose", TermWords.Find(capillary, ValueSubject.Patient, Languages.Default));
        Assert.Equal("Test of the meter with control solution", TermWords.Find(capillary, ValueSubject.Device, Languages.Default));
        Assert.Equal("How fast glucose changes", TermWords.Find(new MdcTerm(8418008, "MDC_CONC_GLU_TREND"), ValueSubject.Patient, Languages.Default));
        Assert.Null(TermWords.Find(new MdcTerm(1, "MDC_OF_TOMORROW"), ValueSubject.Patient, Languages.Default));
    }
}
