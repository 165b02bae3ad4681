using System.Globalization;
using System.Text;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests;

/// <summary>Transaction Bundles as a hub sends them: Personal Health Device IG STU 2, conditional creates, references by urn:uuid.</summary>
internal sealed class SampleBundle
{
    public const string Ccid = "http://hl7.org/fhir/uv/phd/StructureDefinition/PhdBaseObservation";
    public const string SysIdSystem = "urn:oid:1.2.840.10004.1.1.1.0.0.1.0.0.1.2680";
    public const string MacSystem = "http://hl7.org/fhir/sid/eui-48/bluetooth";

    private readonly List<string> _entries = [];

    public Guid Hub { get; init; } = Guid.Parse("6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a00");

    public Guid Id { get; init; } = Guid.NewGuid();

    public string Patient { get; init; } = "Patient/p1";

    public Guid Gateway { get; init; } = Guid.Parse("6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a02");

    public Guid Cuff { get; init; } = Guid.Parse("6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a03");

    public string SystemId { get; init; } = "CC-BB-AA-FF-FE-11-22-33";

    public string Address { get; init; } = "CC-BB-AA-11-22-33";

    public string Type { get; init; } = "transaction";

    /// <summary>The PHG and the PHD.</summary>
    public SampleBundle WithDevices()
    {
        Add(Gateway, "Device", $$$"""
            {"resourceType":"Device","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/PhgDevice"]},"identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ContinuaDeviceIdentifiers","code":"SYSID"}]},"system":"{{{SysIdSystem}}}","value":"02-00-5E-FF-FE-10-20-30"}],"manufacturer":"HomeHub","modelNumber":"HomeHub Gateway","type":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"531981"}]}}
            """, SysIdSystem, "02-00-5E-FF-FE-10-20-30");
        return WithCuff();
    }

    public SampleBundle WithCuff() => Add(Cuff, "Device", $$$"""
        {"resourceType":"Device","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/PhdDevice"]},"identifier":[{"type":{"coding":[{"code":"SYSID"}]},"system":"{{{SysIdSystem}}}","value":"{{{SystemId}}}"},{"type":{"coding":[{"code":"BTMAC"}]},"system":"{{{MacSystem}}}","value":"{{{Address}}}"}],"manufacturer":"Example Medical","modelNumber":"BPX-100","type":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"65573"}]}}
        """, SysIdSystem, SystemId);

    public SampleBundle WithPatient(Guid uuid, string system, string value) => Add(uuid, "Patient", $$$"""
        {"resourceType":"Patient","identifier":[{"system":"{{{system}}}","value":"{{{value}}}"}]}
        """, system, value);

    /// <summary>A blood pressure: compound, MDC and LOINC, identifier built from the device's timestamp.</summary>
    public SampleBundle WithBloodPressure(Guid uuid, DateTimeOffset at, int systolic = 128, string? value = null)
    {
        var identifier = value ?? $"{SystemId.Replace("-", "", StringComparison.Ordinal)}-{Patient[8..]}-150020-{Seconds(at)}";
        return Add(uuid, "Observation", $$$"""
            {"resourceType":"Observation","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/PhdCompoundNumericObservation"]},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice","valueReference":{"reference":"urn:uuid:{{{Gateway}}}"}}],"identifier":[{"system":"{{{Ccid}}}","value":"{{{identifier}}}"}],"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]},{"coding":[{"system":"http://hl7.org/fhir/uv/phd/CodeSystem/PhdObservationCategories","code":"phd"}]}],"code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"150020","display":"MDC_PRESS_BLD_NONINV"},{"system":"http://loinc.org","code":"85354-9","display":"Blood pressure panel with all children optional"}]},"subject":{"reference":"{{{Patient}}}"},"effectiveDateTime":"{{{Text(at)}}}","device":{"reference":"urn:uuid:{{{Cuff}}}"},"component":[{"code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"150021","display":"MDC_PRESS_BLD_NONINV_SYS"},{"system":"http://loinc.org","code":"8480-6","display":"Systolic blood pressure"}]},"valueQuantity":{"value":{{{systolic}}},"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}},{"code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"150022","display":"MDC_PRESS_BLD_NONINV_DIA"},{"system":"http://loinc.org","code":"8462-4","display":"Diastolic blood pressure"}]},"valueQuantity":{"value":83,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}
            """, Ccid, identifier);
    }

    /// <summary>A temperature without a timestamp of the device: its identifier is the uuid of its fullUrl; two decimals.</summary>
    public SampleBundle WithTemperature(Guid uuid, string effective, string celsius = "36.80") => Add(uuid, "Observation", $$$"""
        {"resourceType":"Observation","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/observation-gatewayDevice","valueReference":{"reference":"urn:uuid:{{{Gateway}}}"}}],"identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{uuid}}}"}],"status":"final","code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"188424","display":"MDC_TEMP_ORAL"},{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"{{{Patient}}}"},"effectiveDateTime":"{{{effective}}}","valueQuantity":{"value":{{{celsius}}},"unit":"°C","system":"http://unitsofmeasure.org","code":"Cel"},"device":{"reference":"urn:uuid:{{{Cuff}}}"}}
        """, "urn:ietf:rfc:3986", $"urn:uuid:{uuid}");

    /// <summary>Status bits that derive from another Observation, for a period.</summary>
    public SampleBundle WithBits(Guid uuid, Guid derivedFrom, string start, string end) => Add(uuid, "Observation", $$$"""
        {"resourceType":"Observation","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{uuid}}}"}],"status":"final","code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"8410608"}]},"subject":{"reference":"{{{Patient}}}"},"effectivePeriod":{"start":"{{{start}}}","end":"{{{end}}}"},"derivedFrom":[{"reference":"urn:uuid:{{{derivedFrom}}}"}],"component":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ASN1ToHL7","code":"8410608.0"}]},"valueBoolean":true}]}
        """, "urn:ietf:rfc:3986", $"urn:uuid:{uuid}");

    /// <summary>The Coincident Timestamp: its subject is the PHD.</summary>
    public SampleBundle WithCoincidentTimestamp(Guid uuid, DateTimeOffset at) => Add(uuid, "Observation", $$$"""
        {"resourceType":"Observation","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{uuid}}}"}],"status":"final","code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"67975"}]},"subject":{"reference":"urn:uuid:{{{Cuff}}}"},"effectiveDateTime":"{{{Text(at)}}}","valueDateTime":"{{{Text(at)}}}","device":{"reference":"urn:uuid:{{{Gateway}}}"}}
        """, "urn:ietf:rfc:3986", $"urn:uuid:{uuid}");

    public SampleBundle Add(Guid uuid, string type, string resource, string system, string value)
    {
        var query = $"identifier={system}|{value.Replace("%", "%25", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal)}";
        return AddRaw($$$"""{"fullUrl":"urn:uuid:{{{uuid}}}","resource":{{{resource.Trim()}}},"request":{"method":"POST","url":"{{{type}}}","ifNoneExist":"{{{query}}}"}}""");
    }

    public SampleBundle AddRaw(string entry)
    {
        _entries.Add(entry);
        return this;
    }

    /// <summary>The entry that was added last is taken back: the same Observation as an update that says entered in error.</summary>
    public SampleBundle TakenBack()
    {
        _entries[^1] = _entries[^1]
            .Replace("\"status\":\"final\"", "\"status\":\"entered-in-error\"", StringComparison.Ordinal)
            .Replace("\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"", "\"method\":\"PUT\",\"url\":\"Observation?", StringComparison.Ordinal);
        return this;
    }

    /// <summary>A text of the entry that was added last is another.</summary>
    public SampleBundle With(string text, string other)
    {
        Assert.Contains(text, _entries[^1], StringComparison.Ordinal);
        _entries[^1] = _entries[^1].Replace(text, other, StringComparison.Ordinal);
        return this;
    }

    public string Json() => $$$"""{"resourceType":"Bundle","type":"{{{Type}}}","entry":[{{{string.Join(',', _entries)}}}]}""";

    public byte[] Bytes() => Encoding.UTF8.GetBytes(Json());

    public IncomingBundle Incoming(BundleEncoding encoding = BundleEncoding.Json) => new(
        new BundleTopic(Hub, "care-team", Id, encoding),
        encoding == BundleEncoding.Json ? Bytes() : BrotliPayload.Compress(Bytes(), 5));

    public ReasonCode? Read(ParsedBundle into) => new BundleReader().Read(Bytes(), Id, into);

    public static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static long Seconds(DateTimeOffset at) => (long)(at.DateTime - new DateTime(2000, 1, 1)).TotalSeconds;
}
