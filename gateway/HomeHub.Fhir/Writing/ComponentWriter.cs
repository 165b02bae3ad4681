using HomeHub.Fhir.Terms;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>Writes components: the numbers of a compound, the bits of a bits enumeration, supplemental types, what a mean was made from.</summary>
internal static class ComponentWriter
{
    private static ReadOnlySpan<byte> SupplementalType =>
        """{"code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"68193","display":"MDC_ATTR_SUPPLEMENTAL_TYPES"}]},"valueCodeableConcept":{"coding":["""u8;

    private static ReadOnlySpan<byte> Minimum =>
        """{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-statistics","code":"minimum","display":"Minimum"}]},"valueQuantity":{"value":"""u8;

    private static ReadOnlySpan<byte> Maximum =>
        """{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-statistics","code":"maximum","display":"Maximum"}]},"valueQuantity":{"value":"""u8;

    public static void Write(JsonBuffer json, ReadingValue value, TermFragment term, MeasurementStatus status)
    {
        switch (value)
        {
            case NumericValue numeric:
                bool any = WriteSupplementalTypes(json, numeric.SupplementalTypes);
                any = WriteRange(json, numeric, any);
                json.Raw(any ? "]"u8 : ""u8);
                break;
            case CompoundNumericValue compound when (status & (MeasurementStatus.Invalid | MeasurementStatus.NotAvailable)) == 0:
                WriteNumbers(json, compound.Components);
                break;
            case BitsEnumerationValue bits:
                WriteBits(json, term, bits.Bits);
                break;
        }
    }

    /// <summary>Why there is no value; nothing for <see cref="AbsenceReason.None"/>.</summary>
    public static void WriteAbsence(JsonBuffer json, AbsenceReason reason)
    {
        if (reason == AbsenceReason.None)
        {
            return;
        }

        json.Raw(""","dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"""u8);
        json.Raw(reason switch
        {
            AbsenceReason.NotANumber => "\"not-a-number\""u8,
            AbsenceReason.PositiveInfinity => "\"positive-infinity\""u8,
            AbsenceReason.NegativeInfinity => "\"negative-infinity\""u8,
            AbsenceReason.NotPerformed => "\"not-performed\""u8,
            _ => "\"error\""u8,
        });
        json.Raw("}]}"u8);
    }

    private static bool WriteSupplementalTypes(JsonBuffer json, MdcTerm[] types)
    {
        for (int i = 0; i < types.Length; i++)
        {
            json.Raw(i == 0 ? ",\"component\":["u8 : ","u8);
            json.Raw(SupplementalType);
            json.Raw(TermFragments.Of(types[i]).MdcCoding);
            json.Raw("]}}"u8);
        }

        return types.Length > 0;
    }

    /// <summary>The lowest and the highest number that a mean was made from, by the codes that R4's <c>$stats</c> answers with.</summary>
    private static bool WriteRange(JsonBuffer json, NumericValue value, bool any)
    {
        if (value.Range is not { } range)
        {
            return any;
        }

        json.Raw(any ? ","u8 : ",\"component\":["u8);
        json.Raw(Minimum);
        json.Number(range.Lowest);
        json.Raw(TermFragments.Of(value.Unit));
        json.Raw("},"u8);
        json.Raw(Maximum);
        json.Number(range.Highest);
        json.Raw(TermFragments.Of(value.Unit));
        json.Raw("}"u8);
        return true;
    }

    private static void WriteNumbers(JsonBuffer json, NumericComponent[] components)
    {
        for (int i = 0; i < components.Length; i++)
        {
            ref readonly NumericComponent component = ref components[i];
            json.Raw(i == 0 ? ",\"component\":[{"u8 : ",{"u8);
            json.Raw(TermFragments.Of(component.Code).Code);
            if (component.Value.IsPresent)
            {
                json.Raw(",\"valueQuantity\":{"u8);
                WriteOriginal(json, component);
                json.Raw("\"value\":"u8);
                json.Number(component.Value.Number);
                json.Raw(TermFragments.Of(component.Unit));
            }
            else
            {
                WriteAbsence(json, component.Value.Absence);
            }

            json.Raw("}"u8);
        }

        json.Raw(components.Length > 0 ? "]"u8 : ""u8);
    }

    /// <summary>The quantity as the device sent it, beside the one in the unit that R4 asks for.</summary>
    private static void WriteOriginal(JsonBuffer json, in NumericComponent component)
    {
        if (component is not { Original: { IsPresent: true } original, OriginalUnit: { } unit })
        {
            return;
        }

        json.Raw("\"extension\":"u8);
        json.Raw("""[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation","valueQuantity":{"value":"""u8);
        json.Number(original.Number);
        json.Raw(TermFragments.Of(unit));
        json.Raw("}],"u8);
    }

    private static void WriteBits(JsonBuffer json, TermFragment term, BitState[] bits)
    {
        for (int i = 0; i < bits.Length; i++)
        {
            json.Raw(i == 0 ? ",\"component\":["u8 : ","u8);
            json.Raw("""{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ASN1ToHL7","code":"""u8);
            json.Raw("\""u8);
            json.Raw(term.MdcCode);
            json.Raw("."u8);
            json.Number(bits[i].Bit);
            json.Raw("\",\"display\":\""u8);
            json.Raw(TermFragments.BitName(bits[i].Name));
            json.Raw(bits[i].IsSet ? "\"}]},\"valueBoolean\":true}"u8 : "\"}]},\"valueBoolean\":false}"u8);
        }

        json.Raw(bits.Length > 0 ? "]"u8 : ""u8);
    }
}
