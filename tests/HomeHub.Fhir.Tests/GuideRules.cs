using System.Text.Json;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// The constraints of the PHD implementation guide, and of R4's vital signs, that a base validator does not hold a resource to. One method
/// for each kind of resource; each names what it finds wrong.
/// </summary>
internal static class GuideRules
{
    private const string Mdc = "urn:iso:std:iso:11073:10101";
    private const string Statistics = "http://terminology.hl7.org/CodeSystem/observation-statistics";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Loinc = "http://loinc.org";
    private const string PhdCategories = "http://hl7.org/fhir/uv/phd/CodeSystem/PhdObservationCategories";
    private const string Categories = "http://terminology.hl7.org/CodeSystem/observation-category";
    private const string Bits = "http://terminology.hl7.org/CodeSystem/ASN1ToHL7";
    private const string Gateway = "http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice";
    private const string ClockCheck = "http://hl7.org/fhir/uv/phd/StructureDefinition/CoincidentTimeStampReference";
    private const string ConditionalCreate = "http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation";

    private static readonly Dictionary<string, string[]> VitalSignUnits = new()
    {
        ["8480-6"] = ["mm[Hg]"],
        ["8462-4"] = ["mm[Hg]"],
        ["8867-4"] = ["/min"],
        ["2708-6"] = ["%"],
        ["8310-5"] = ["Cel", "[degF]"],
        ["29463-7"] = ["kg", "g", "[lb_av]"],
        ["8302-2"] = ["cm", "[in_i]"],
        ["39156-5"] = ["kg/m2"],
        ["9279-1"] = ["/min"],
    };

    /// <summary>A measurement Observation.</summary>
    /// <param name="o">The Observation.</param>
    /// <param name="known">UUIDs of the Observations that it may derive from, with whether each is a vital sign.</param>
    public static IEnumerable<string> BrokenBy(JsonElement o, IReadOnlyDictionary<string, bool> known)
    {
        string profile = Encoded.Profile(o);
        List<JsonElement> extensions = [.. Items(o, "extension")];
        if (extensions.Count(e => Text(e, "url") == Gateway) != 1) { yield return "not exactly one gateway"; }
        if (extensions.Count(e => Text(e, "url") == ClockCheck) > 1) { yield return "several clock checks"; }
        if (extensions.Any(e => Text(e, "url") is not (Gateway or ClockCheck))) { yield return "an unknown extension"; }

        List<JsonElement> identifiers = [.. Items(o, "identifier")];
        if (identifiers.Count != 1) { yield return "not exactly one identifier"; }
        if (identifiers.Any(i => i.TryGetProperty("type", out _))) { yield return "an identifier with a type"; }
        if (identifiers.Any(i => Text(i, "value")!.Length >= 128)) { yield return "an identifier of 128 characters or more"; }
        if (Text(identifiers[0], "system") is not (ConditionalCreate or "urn:ietf:rfc:3986")) { yield return "an unknown identifier system"; }

        List<JsonElement> categories = [.. Items(o, "category")];
        if (categories.Any(c => Items(c, "coding").Count() != 1)) { yield return "a category with several codings"; }
        List<JsonElement> kinds = [.. categories.Select(c => Items(c, "coding").First())];
        if (kinds.Count(c => Text(c, "system") == PhdCategories && Text(c, "code") == "phd") != 1) { yield return "not exactly one category phd"; }
        bool vital = kinds.Any(c => Text(c, "system") == Categories && Text(c, "code") == "vital-signs");
        if (kinds.Count != (vital ? 2 : 1)) { yield return "an unknown category"; }

        List<JsonElement> codings = [.. Items(o.GetProperty("code"), "coding")];
        List<string> loinc = [.. codings.Where(c => Text(c, "system") == Loinc).Select(c => Text(c, "code")!)];
        if (codings.Count(c => Text(c, "system") == Mdc && uint.TryParse(Text(c, "code"), out _)) != 1) { yield return "not exactly one MDC code"; }
        if (vital != loinc.Count > 0) { yield return "a vital sign without LOINC, or LOINC on something else"; }
        if (vital && Text(o.GetProperty("subject"), "reference")!.Contains("Device/", StringComparison.Ordinal)) { yield return "a vital sign of a device"; }

        bool hasValue = o.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal));
        bool isAbsent = o.TryGetProperty("dataAbsentReason", out JsonElement absent);
        if (isAbsent && (hasValue || !Known(absent))) { yield return "a value beside its reason for absence, or an unknown reason"; }
        if (o.TryGetProperty("effectiveDateTime", out _) == o.TryGetProperty("effectivePeriod", out _)) { yield return "not exactly one effective time"; }
        foreach (JsonElement concept in Items(o, "interpretation"))
        {
            if (Items(concept, "coding").Count() != 1
                || Text(Items(concept, "coding").First(), "system") != "http://hl7.org/fhir/uv/pocd/CodeSystem/measurement-status")
            {
                yield return "an interpretation that is no measurement status";
            }
        }

        foreach (JsonElement reference in Items(o, "derivedFrom"))
        {
            string id = Text(reference, "reference")!;
            if (!known.TryGetValue(id, out bool vitalTarget)) { yield return "derived from something unknown"; }
            else if (vital && !vitalTarget) { yield return "a vital sign derived from none"; }
        }

        foreach (string broken in BrokenComponents(o, profile, isAbsent)) { yield return broken; }
        switch (profile)
        {
            case "PhdNumericObservation":
                if (isAbsent == o.TryGetProperty("valueQuantity", out JsonElement quantity)) { yield return "not exactly one of quantity and reason"; }
                if (!isAbsent && !IsQuantity(quantity, loinc)) { yield return "a quantity without UCUM, or in a unit that the vital sign does not allow"; }
                break;
            case "PhdCodedEnumerationObservation":
                if (!isAbsent && Items(o.GetProperty("valueCodeableConcept"), "coding").Count(c => Text(c, "system") == Mdc) != 1) { yield return "an answer without MDC"; }
                break;
            case "PhdRtsaObservation":
                if (isAbsent == o.TryGetProperty("valueSampledData", out JsonElement sampled)) { yield return "not exactly one of samples and reason"; }
                if (!isAbsent && !IsSampled(sampled)) { yield return "samples without origin in UCUM, period, factor, dimensions or whole numbers"; }
                if (!o.TryGetProperty("effectiveDateTime", out _)) { yield return "samples without the time of the first"; }
                break;
            case "PhdCompoundNumericObservation" or "PhdBitsEnumerationObservation":
                if (hasValue) { yield return "a compound with a value of its own"; }
                break;
            default:
                yield return "an unknown profile " + profile;
                break;
        }
    }

    /// <summary>A Coincident Timestamp.</summary>
    public static IEnumerable<string> BrokenByClockCheck(JsonElement o)
    {
        JsonElement code = Items(o.GetProperty("code"), "coding").Single();
        if (Text(code, "code") is not ("67975" or "68226")) { yield return "an unknown clock type"; }
        if (Text(code, "code") == "68226" && code.TryGetProperty("display", out _)) { yield return "a disputed display"; }
        if (o.TryGetProperty("valueDateTime", out _) == o.TryGetProperty("dataAbsentReason", out _)) { yield return "not exactly one of time and reason"; }
        if (Text(o, "status") != "final") { yield return "not final"; }
        foreach (string forbidden in (string[])["derivedFrom", "hasMember", "specimen", "focus", "extension", "performer", "category"])
        {
            if (o.TryGetProperty(forbidden, out _)) { yield return "forbidden " + forbidden; }
        }
    }

    private static bool IsSampled(JsonElement sampled) =>
        IsQuantity(sampled.GetProperty("origin"), []) && sampled.GetProperty("period").GetDecimal() > 0 && sampled.GetProperty("factor").GetDecimal() != 0
        && sampled.GetProperty("dimensions").GetInt32() == 1 && sampled.GetProperty("data").GetString()!.Split(' ').All(sample => int.TryParse(sample, out _));

    private static IEnumerable<string> BrokenComponents(JsonElement o, string profile, bool isAbsent)
    {
        string code = Items(o.GetProperty("code"), "coding").Where(c => Text(c, "system") == Mdc).Select(c => Text(c, "code")!).First();
        int count = 0;
        foreach (JsonElement component in Items(o, "component"))
        {
            count++;
            List<JsonElement> codings = [.. Items(component.GetProperty("code"), "coding")];
            bool absent = component.TryGetProperty("dataAbsentReason", out JsonElement reason);
            bool value = component.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal));
            if (absent == value || (absent && !Known(reason))) { yield return "a component without exactly one of value and reason"; }
            if (profile == "PhdBitsEnumerationObservation")
            {
                if (codings.Count != 1 || Text(codings[0], "system") != Bits || !Text(codings[0], "code")!.StartsWith(code + ".", StringComparison.Ordinal)) { yield return "a bit of another code"; }
                if (!component.TryGetProperty("valueBoolean", out _)) { yield return "a bit without a boolean"; }
                continue;
            }

            // What a mean was made from (docs/decisions/0026): the guide's slicing of components is open, and IEEE 11073-10101 has no term for it.
            bool isRange = profile == "PhdNumericObservation" && codings is [var one] && Text(one, "system") == Statistics && Text(one, "code") is "minimum" or "maximum";
            if (isRange && !component.TryGetProperty("valueQuantity", out _)) { yield return "a lowest or highest value without a number"; }
            if (!isRange && codings.Count(c => Text(c, "system") == Mdc) != 1) { yield return "a component without exactly one MDC code"; }
            List<string> loinc = [.. codings.Where(c => Text(c, "system") == Loinc).Select(c => Text(c, "code")!)];
            if (component.TryGetProperty("valueQuantity", out JsonElement quantity) && !IsQuantity(quantity, loinc)) { yield return "a component in a wrong unit"; }
        }

        if (profile == "PhdBitsEnumerationObservation" && count == 0) { yield return "no bit at all"; }
        if (code == "150020")
        {
            string[] numbers = [.. Items(o, "component").Select(c => Text(Items(c.GetProperty("code"), "coding").First(), "code")!)];
            if (!numbers.SequenceEqual(isAbsent ? [] : ["150021", "150022", "150023"])) { yield return "not systolic, diastolic, mean"; }
        }
    }

    private static bool IsQuantity(JsonElement quantity, List<string> loinc) =>
        Text(quantity, "system") == Ucum && !string.IsNullOrEmpty(Text(quantity, "unit")) && !string.IsNullOrEmpty(Text(quantity, "code"))
        && !quantity.GetProperty("value").GetRawText().Contains('E', StringComparison.OrdinalIgnoreCase)
        && loinc.All(code => !VitalSignUnits.TryGetValue(code, out string[]? units) || units.Contains(Text(quantity, "code")));

    private static bool Known(JsonElement reason) => Items(reason, "coding").Single() is var coding
        && Text(coding, "system") == "http://terminology.hl7.org/CodeSystem/data-absent-reason"
        && Text(coding, "code") is "not-a-number" or "positive-infinity" or "negative-infinity" or "error" or "not-performed" or "unknown";

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
}
