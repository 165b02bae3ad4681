using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Tests;

/// <summary>The household of the examples in the rules for FHIR: its hub, devices, patient, and records.</summary>
internal static class Samples
{
    public static readonly HubIdentity Hub = new(Guid.Parse("0b9f5a10-51c7-4a57-9a1b-3f3f7c3f9a01"), "02005EFFFE102030");

    /// <summary>Known by the logical id of a server.</summary>
    public static readonly PatientReference LogicalPatient = new("Patient/p1");

    /// <summary>Known by an identifier.</summary>
    public static readonly PatientReference Patient = new("P0042", "urn:oid:2.999.10.20.30");

    public static readonly DeviceDescriptor Cuff = new()
    {
        Address = "CC:BB:AA:11:22:33",
        Information = new DeviceInformation
        {
            SystemId = "CCBBAAFFFE112233",
            Manufacturer = "Example Medical",
            Model = "BPX-100",
            Serial = "A1234567",
            Hardware = "1.0",
            Firmware = "2.3.1",
        },
        Services = [0x1810],
        HasReadableClock = true,
    };

    public static readonly ClockCheck CuffClock = new(At("2026-03-14T07:45:05+01:00"), Stamp("2026-03-14T07:44:00"));

    public static FhirEncoder Encoder { get; } = new("1.0.0");

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    public static PhdTimestamp Stamp(string time, sbyte? quarters = null) =>
        PhdTimestamp.FromLocal(DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture), quarters);

    public static DeviceDescriptor Device(string systemId) =>
        new() { Address = "C0:FF:EE:00:00:01", Information = new DeviceInformation { SystemId = systemId } };

    public static NumericValue Numeric(uint code, string refId, decimal number, Unit unit) =>
        new(new MdcTerm(code, refId), MeasuredValue.Of(number), unit);

    public static NumericValue AbsentNumeric(uint code, string refId, AbsenceReason reason, Unit unit) =>
        new(new MdcTerm(code, refId), MeasuredValue.Absent(reason), unit);

    /// <summary>The examples' blood pressure, from its octets.</summary>
    public static AcquiredReading BloodPressure(PatientReference? patient = null)
    {
        // 128/83 mmHg, mean NaN, 2026-03-14 07:42:10, pulse 71, status: body movement, irregular pulse.
        byte[] octets = Convert.FromHexString("168000" + "5300" + "FF07" + "EA07030E072A0A" + "4700" + "0500");
        PhdTimestamp stamp = Stamp("2026-03-14T07:42:10");
        DateTimeOffset received = At("2026-03-14T07:45:06+01:00");
        return new AcquiredReading
        {
            Identity = RecordIdentity.Of(Cuff.Address, 0x2A35, stamp, null, received, octets),
            Device = Cuff,
            Patient = patient ?? Patient,
            Service = 0x1810,
            Characteristic = 0x2A35,
            Octets = octets,
            Context = SessionContext.Empty,
            ReceivedAt = received,
            Effective = new EffectiveTime(At("2026-03-14T07:43:15+01:00"), StampUse.Mapped),
            Stamp = stamp,
            ClockCheck = CuffClock,
        };
    }

    /// <summary>A record made of values, with its mapped stamp.</summary>
    public static AcquiredReading Stamped(DeviceDescriptor device, string stamp, string effective, params ReadingValue[] values) =>
        Record(device, effective, values) with
        {
            Stamp = Stamp(stamp),
            Effective = new EffectiveTime(At(effective), StampUse.Mapped),
            ClockCheck = new ClockCheck(At("2026-03-14T09:00:00+01:00"), Stamp("2026-03-14T09:00:00")),
        };

    /// <summary>A record made of values, without a stamp.</summary>
    public static AcquiredReading Record(DeviceDescriptor device, string receivedAt, params ReadingValue[] values) => new()
    {
        Identity = new RecordIdentity(0x0123456789ABCDEF, (ulong)At(receivedAt).UtcTicks ^ values[0].Code.Code),
        Device = device,
        Patient = LogicalPatient,
        Service = 0,
        Characteristic = 0,
        Octets = [],
        Context = SessionContext.Empty,
        ReceivedAt = At(receivedAt),
        Effective = new EffectiveTime(At(receivedAt), StampUse.None),
        Reading = new Reading { Values = values },
    };
}
