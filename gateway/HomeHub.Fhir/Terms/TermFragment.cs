using System.Globalization;
using HomeHub.Fhir.Writing;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Terms;

/// <summary>What is always the same in an Observation or component of one MDC code, as JSON.</summary>
internal sealed class TermFragment
{
    /// <summary>Makes the fragments of a term.</summary>
    public TermFragment(MdcTerm term)
    {
        Term = term;
        LoincTerm[] loinc = VitalSigns.LoincOf(term.Code);
        IsVitalSign = loinc.Length > 0;
        MdcCoding = Coding(term);
        Code = CodeElement(MdcCoding, loinc);
        CategoryAndCode = [.. ",\"category\":"u8, .. IsVitalSign ? VitalSignCategory : PhdCategory, .. ","u8, .. Code];
        MdcCode = System.Text.Encoding.ASCII.GetBytes(term.Code.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The term.</summary>
    public MdcTerm Term { get; }

    /// <summary>True for an R4 vital sign.</summary>
    public bool IsVitalSign { get; }

    /// <summary>The coding of the term, <c>{…}</c>.</summary>
    public byte[] MdcCoding { get; }

    /// <summary><c>"code":{…}</c>: the MDC coding, then LOINC.</summary>
    public byte[] Code { get; }

    /// <summary><c>,"category":[…],"code":{…}</c>.</summary>
    public byte[] CategoryAndCode { get; }

    /// <summary>The MDC code, decimal.</summary>
    public byte[] MdcCode { get; }

    private static ReadOnlySpan<byte> PhdCategory =>
        """[{"coding":[{"system":"http://hl7.org/fhir/uv/phd/CodeSystem/PhdObservationCategories","code":"phd"}]}]"""u8;

    private static ReadOnlySpan<byte> VitalSignCategory =>
        """[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]},{"coding":[{"system":"http://hl7.org/fhir/uv/phd/CodeSystem/PhdObservationCategories","code":"phd"}]}]"""u8;

    /// <summary>The reference identifier is the display, where one is known.</summary>
    private static byte[] Coding(MdcTerm term)
    {
        var json = new JsonBuffer();
        json.Raw("{\"system\":\"urn:iso:std:iso:11073:10101\",\"code\":\""u8);
        json.Number(term.Code);
        json.Raw("\""u8);
        if (!string.IsNullOrEmpty(term.RefId))
        {
            json.Raw(",\"display\":"u8);
            json.Text(term.RefId);
        }

        json.Raw("}"u8);
        return json.Span.ToArray();
    }

    private static byte[] CodeElement(byte[] mdcCoding, LoincTerm[] loinc)
    {
        var json = new JsonBuffer();
        json.Raw("\"code\":{\"coding\":["u8);
        json.Raw(mdcCoding);
        foreach (LoincTerm code in loinc)
        {
            json.Raw(",{\"system\":\"http://loinc.org\",\"code\":"u8);
            json.Text(code.Code);
            json.Raw(",\"display\":"u8);
            json.Text(code.Display);
            json.Raw("}"u8);
        }

        json.Raw("]}"u8);
        return json.Span.ToArray();
    }
}
