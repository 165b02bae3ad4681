using HomeHub.Core.Time;
using HomeHub.Fhir.Identity;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// Writes Coincident Timestamps (PhdCoincidentTimeStampObservation): what the device's clock said at a time of the hub's. Subject is the
/// device and device is the hub, the other way round than in a measurement.
/// </summary>
internal static class CoincidentTimestampWriter
{
    /// <summary>Largest offset from UTC that a FHIR dateTime can hold, in quarters of an hour.</summary>
    private const int MaxOffsetQuarters = 14 * 4;

    private static ReadOnlySpan<byte> Head =>
        """{"resourceType":"Observation","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/PhdCoincidentTimeStampObservation"]},"identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:"""u8;

    private static ReadOnlySpan<byte> WithoutOffset =>
        """}],"status":"final","code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"67975","display":"MDC_ATTR_TIME_ABS"}]}"""u8;

    /// <summary>68226 has no display: the value set that binds it and the nomenclature disagree on its name.</summary>
    private static ReadOnlySpan<byte> WithOffset =>
        """}],"status":"final","code":{"coding":[{"system":"urn:iso:std:iso:11073:10101","code":"68226"}]}"""u8;

    private static ReadOnlySpan<byte> TimeFault =>
        ""","dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"unknown"}],"text":"PHD time fault"}"""u8;

    /// <summary>Writes one. A device time that is no time of the calendar is a fault like one that can't be read.</summary>
    public static void Write(JsonBuffer json, Guid id, ClockCheck check, DeviceFragment device, DeviceFragment hub)
    {
        PhdTimestamp time = check.DeviceTime.GetValueOrDefault();
        sbyte? quarters = time.OffsetQuarters;
        bool known = time.TryGetLocal(out DateTime local) && Math.Abs((int)(quarters ?? 0)) <= MaxOffsetQuarters;
        json.Raw(Head);
        json.Uuid(id);
        json.Raw("\""u8);
        json.Raw(known && quarters is not null ? WithOffset : WithoutOffset);
        json.Raw(device.Subject);
        json.Raw(",\"effectiveDateTime\":\""u8);
        json.Time(check.ReadAt);
        json.Raw("\""u8);
        if (known)
        {
            json.Raw(",\"valueDateTime\":\""u8);
            json.Time(local, quarters is { } q ? TimeSpan.FromMinutes(15 * q) : check.ReadAt.Offset);
            json.Raw("\""u8);
        }
        else
        {
            json.Raw(TimeFault);
        }

        json.Raw(hub.Device);
        json.Raw("}"u8);
    }

    /// <summary>The request of its entry: created once, however often it is sent.</summary>
    public static void WriteRequest(JsonBuffer json, Guid id)
    {
        json.Raw("\"request\":{\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\"}"u8);
    }
}
