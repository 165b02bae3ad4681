using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Fhir.Terms;

namespace HomeHub.Fhir.Writing;

/// <summary>Writes Devices: the personal health device (PhdDevice) and the hub as personal health gateway (PhgDevice).</summary>
internal static class DeviceWriter
{
    private static readonly MdcTerm SimpleMds = new(65573, "MDC_MOC_VMS_MDS_SIMP");
    private static readonly MdcTerm Gateway = new(531981, "MDC_MOC_VMS_MDS_AHD");
    private static readonly MdcTerm Generic = new(528457, "MDC_DEV_SPEC_PROFILE_GENERIC");
    private static readonly MdcTerm Hardware = new(531974, "MDC_ID_PROD_SPEC_HW");
    private static readonly MdcTerm Software = new(531975, "MDC_ID_PROD_SPEC_SW");
    private static readonly MdcTerm Firmware = new(531976, "MDC_ID_PROD_SPEC_FW");
    private static readonly MdcTerm TimeSyncProtocol = new(68220, "MDC_TIME_SYNC_PROTOCOL");
    private static readonly MdcTerm TimeSyncNone = new(532224, "MDC_TIME_SYNC_NONE");
    private static readonly MdcTerm TimeSyncNtp = new(532226, "MDC_TIME_SYNC_NTPV4");
    private static readonly MdcTerm TimeResolution = new(68222, "MDC_TIME_RES_ABS");

    private static ReadOnlySpan<byte> Unknown =>
        """{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}"""u8;

    /// <summary>Hex digits as bytes joined by dashes.</summary>
    public static string Dashed(string hex) => string.Join('-', hex.Chunk(2).Select(pair => new string(pair)));

    /// <summary>The PHD Device. Without a system id and a lasting address, its UUID is its identifier.</summary>
    public static byte[] Write(DeviceDescriptor device, Guid id)
    {
        DeviceInformation information = device.Information;
        var json = new JsonBuffer();
        Head(json, "PhdDevice");
        WriteIdentifiers(json, device, id);
        WriteText(json, "manufacturer", information.Manufacturer);
        if (IsKnown(information.Serial))
        {
            WriteText(json, "serialNumber", information.Serial);
        }

        WriteText(json, "modelNumber", information.Model);
        WriteType(json, SimpleMds);
        WriteSpecializations(json, device);
        WriteVersions(json, [(Hardware, information.Hardware), (Software, information.Software), (Firmware, information.Firmware)]);
        WriteProperties(json, device);
        json.Raw("}"u8);
        return json.Span.ToArray();
    }

    /// <summary>The PHG Device.</summary>
    public static byte[] WriteGateway(HubIdentity hub, string softwareVersion)
    {
        var json = new JsonBuffer();
        Head(json, "PhgDevice");
        json.Raw(",\"identifier\":["u8);
        WriteIdentifier(json, "SYSID", Systems.SystemId, Dashed(hub.SystemId));
        json.Raw("]"u8);
        WriteText(json, "manufacturer", "HomeHub");
        WriteText(json, "modelNumber", "HomeHub Gateway");
        WriteType(json, Gateway);
        json.Raw(",\"specialization\":[{\"systemType\":"u8);
        WriteConcept(json, Generic);
        json.Raw("}]"u8);
        WriteVersions(json, [(Software, softwareVersion)]);
        json.Raw(",\"property\":["u8);
        WriteCodedProperty(json, TimeSyncProtocol, TimeSyncNtp);
        json.Raw("]}"u8);
        return json.Span.ToArray();
    }

    private static void Head(JsonBuffer json, string profile)
    {
        json.Raw("""{"resourceType":"Device","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/"""u8);
        json.Raw(System.Text.Encoding.ASCII.GetBytes(profile));
        json.Raw("\"]}"u8);
    }

    private static void WriteIdentifiers(JsonBuffer json, DeviceDescriptor device, Guid id)
    {
        string? systemId = device.Information.SystemId;
        json.Raw(",\"identifier\":["u8);
        if (systemId is not null)
        {
            WriteIdentifier(json, "SYSID", Systems.SystemId, Dashed(systemId));
        }

        if (device.HasStableAddress)
        {
            json.Raw(systemId is null ? ""u8 : ","u8);
            WriteIdentifier(json, "BTMAC", Systems.BluetoothAddress, device.Address.Replace(':', '-'));
        }
        else if (systemId is null)
        {
            json.Raw("{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:"u8);
            json.Uuid(id);
            json.Raw("\"}"u8);
        }

        json.Raw("]"u8);
    }

    private static void WriteIdentifier(JsonBuffer json, string type, string system, string value)
    {
        json.Raw("""{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ContinuaDeviceIdentifiers","code":"""u8);
        json.Text(type);
        json.Raw("}]},\"system\":"u8);
        json.Text(system);
        json.Raw(",\"value\":"u8);
        json.Text(value);
        json.Raw("}"u8);
    }

    /// <summary>A required text; one that the device did not tell says so.</summary>
    private static void WriteText(JsonBuffer json, string name, string? text)
    {
        bool known = IsKnown(text);
        json.Raw(known ? ",\""u8 : ",\"_"u8);
        json.Raw(System.Text.Encoding.ASCII.GetBytes(name));
        json.Raw("\":"u8);
        if (known)
        {
            json.Text(text!);
        }
        else
        {
            json.Raw(Unknown);
        }
    }

    /// <summary>False too for a text that has nothing to show: FHIR knows no empty strings.</summary>
    private static bool IsKnown(string? text) => text is not null && !string.IsNullOrWhiteSpace(JsonBuffer.WithoutControls(text));

    private static void WriteConcept(JsonBuffer json, MdcTerm term)
    {
        json.Raw("{\"coding\":["u8);
        json.Raw(TermFragments.Of(term).MdcCoding);
        json.Raw("]}"u8);
    }

    private static void WriteType(JsonBuffer json, MdcTerm term)
    {
        json.Raw(",\"type\":"u8);
        WriteConcept(json, term);
    }

    /// <summary>One a health service, ascending by service; generic when none is known.</summary>
    private static void WriteSpecializations(JsonBuffer json, DeviceDescriptor device)
    {
        MdcTerm[] terms =
        [
            .. device.Services.Select(service => ProfileRegistry.FindProfile(service)?.Specialization).OfType<MdcTerm>().Distinct(),
        ];
        json.Raw(",\"specialization\":["u8);
        bool first = true;
        foreach (MdcTerm term in terms.Length > 0 ? terms : [Generic])
        {
            json.Raw(first ? "{\"systemType\":"u8 : ",{\"systemType\":"u8);
            WriteConcept(json, term);
            json.Raw(",\"version\":\"1\"}"u8);
            first = false;
        }

        json.Raw("]"u8);
    }

    /// <summary>The versions that are known; when none is, a software version that says so.</summary>
    private static void WriteVersions(JsonBuffer json, ReadOnlySpan<(MdcTerm Type, string? Version)> versions)
    {
        json.Raw(",\"version\":["u8);
        bool first = true;
        foreach ((MdcTerm type, string? version) in versions)
        {
            if (!IsKnown(version))
            {
                continue;
            }

            json.Raw(first ? "{\"type\":"u8 : ",{\"type\":"u8);
            WriteConcept(json, type);
            json.Raw(",\"value\":"u8);
            json.Text(version!);
            json.Raw("}"u8);
            first = false;
        }

        if (first)
        {
            json.Raw("{\"type\":"u8);
            WriteConcept(json, Software);
            json.Raw(",\"_value\":"u8);
            json.Raw(Unknown);
            json.Raw("}"u8);
        }

        json.Raw("]"u8);
    }

    private static void WriteProperties(JsonBuffer json, DeviceDescriptor device)
    {
        json.Raw(",\"property\":["u8);
        WriteCodedProperty(json, TimeSyncProtocol, TimeSyncNone);
        if (device.HasReadableClock)
        {
            WriteBitProperty(json, "68219.0", "mds-time-capab-real-time-clock", true);
        }

        if (device.HasWritableClock)
        {
            WriteBitProperty(json, "68219.1", "mds-time-capab-set-clock", true);
        }

        if (device.HasReadableClock)
        {
            json.Raw(",{\"type\":"u8);
            WriteConcept(json, TimeResolution);
            json.Raw(""","valueQuantity":[{"value":1000000,"unit":"us","system":"http://unitsofmeasure.org","code":"us"}]}"""u8);
        }

        if (device.Information.IsRegulated is { } regulated)
        {
            WriteBitProperty(json, "532354.0", "negated-regulation-status", !regulated);
        }

        if (device.Information.UsbId is { } usb)
        {
            json.Raw(""",{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ContinuaDeviceIdentifiers","code":"USB"}]},"""u8);
            json.Raw("\"valueCode\":[{\"text\":"u8);
            json.Text(usb);
            json.Raw("}]}"u8);
        }

        json.Raw("]"u8);
    }

    private static void WriteCodedProperty(JsonBuffer json, MdcTerm type, MdcTerm value)
    {
        json.Raw("{\"type\":"u8);
        WriteConcept(json, type);
        json.Raw(",\"valueCode\":["u8);
        WriteConcept(json, value);
        json.Raw("]}"u8);
    }

    private static void WriteBitProperty(JsonBuffer json, string code, string name, bool isSet)
    {
        json.Raw(""",{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/ASN1ToHL7","code":"""u8);
        json.Text(code);
        json.Raw(",\"display\":"u8);
        json.Text(name);
        json.Raw("}]},\"valueCode\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v2-0136\",\"code\":\""u8);
        json.Raw(isSet ? "Y"u8 : "N"u8);
        json.Raw("\"}]}]}"u8);
    }
}
