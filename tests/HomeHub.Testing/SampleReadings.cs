using System.Buffers.Binary;
using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;

namespace HomeHub.Testing;

/// <summary>Builds readings as an acquisition session would hand them out. The same number gives the same reading.</summary>
public static class SampleReadings
{
    /// <summary>When reading number 0 was received.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 7, 0, 0, TimeSpan.FromHours(1));

    /// <summary>A patient known by a server's logical id.</summary>
    public static readonly PatientReference Patient = new("Patient/p1");

    /// <summary>Another patient, known by a business identifier.</summary>
    public static readonly PatientReference OtherPatient = new("P0042", "urn:oid:2.999.10.20.30");

    /// <summary>A blood pressure monitor.</summary>
    public static readonly DeviceDescriptor Monitor = Device(1);

    /// <summary>A device; the same number gives the same one.</summary>
    public static DeviceDescriptor Device(int number) => new()
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"C0:FF:EE:00:00:{number:X2}"),
        Information = new DeviceInformation { Manufacturer = "Example Medical", Model = "BPX-100", Serial = $"A{number:D4}" },
        Services = [0x1810],
        HasReadableClock = true,
    };

    /// <summary>
    /// A blood pressure with a stamp: number <paramref name="number"/> is measured and received that many minutes after <see cref="Start"/>.
    /// </summary>
    public static AcquiredReading BloodPressure(
        int number,
        PatientReference? patient = null,
        DeviceDescriptor? device = null,
        ushort systolic = 128,
        DateTimeOffset? stampedAt = null,
        StampUse use = StampUse.Mapped)
    {
        DateTimeOffset receivedAt = Start.AddMinutes(number);
        DateTime local = (stampedAt ?? receivedAt).DateTime;
        byte[] octets = Convert.FromHexString("1E80005300680000000000000000480001" + "0000");
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), systolic);
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(7), (ushort)local.Year);
        octets[9] = (byte)local.Month;
        octets[10] = (byte)local.Day;
        octets[11] = (byte)local.Hour;
        octets[12] = (byte)local.Minute;
        octets[13] = (byte)local.Second;
        return Record(BloodPressureProfile.MeasurementUuid, octets, receivedAt, patient, device, use);
    }

    /// <summary>A blood pressure without a stamp, of a device without a clock.</summary>
    public static AcquiredReading Unstamped(int number, PatientReference? patient = null, DeviceDescriptor? device = null) =>
        Record(
            BloodPressureProfile.MeasurementUuid,
            Convert.FromHexString("00800053006800"),
            Start.AddMinutes(number),
            patient,
            device,
            StampUse.None);

    /// <summary>One record, decoded by its profile.</summary>
    public static AcquiredReading Record(
        BluetoothUuid characteristic,
        byte[] octets,
        DateTimeOffset receivedAt,
        PatientReference? patient = null,
        DeviceDescriptor? device = null,
        StampUse use = StampUse.None,
        SessionContext? context = null)
    {
        DeviceDescriptor from = device ?? Monitor;
        SessionContext known = context ?? SessionContext.Empty;
        DecodeResult result = ProfileRegistry.Decode(characteristic, octets, known);
        Reading reading = result.Error is { } error
            ? throw new ArgumentException($"Not a {characteristic}: {error.Field}", nameof(octets))
            : result.Readings[0];
        return new AcquiredReading
        {
            Identity = RecordIdentity.Of(from.Address, characteristic, reading.Timestamp, reading.SequenceNumber, receivedAt, octets),
            Device = from,
            Patient = patient ?? Patient,
            Service = 0x1810,
            Characteristic = characteristic,
            Octets = octets,
            Context = known,
            ReceivedAt = receivedAt,
            Effective = new EffectiveTime(receivedAt, use),
            Stamp = reading.Timestamp,
            ClockCheck = reading.Timestamp is null
                ? null
                : new ClockCheck(Start, PhdTimestamp.FromLocal(Start.DateTime)),
            Reading = reading,
        };
    }

    /// <summary>A reading to append, to be sent to the care team.</summary>
    public static NewReading ToSend(this AcquiredReading reading) => new(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)]);

    /// <summary>A reading to append, kept on the hub.</summary>
    public static NewReading ToKeep(this AcquiredReading reading) => new(reading, [new NewDelivery(Recipient.CareTeam, DeliveryState.Local)]);

    /// <summary>Blood pressures to send, numbered from <paramref name="first"/>.</summary>
    public static NewReading[] Many(int first, int count, PatientReference? patient = null, DeviceDescriptor? device = null) =>
        [.. Enumerable.Range(first, count).Select(number => BloodPressure(number, patient, device).ToSend())];

    /// <summary>A payload that was cut short.</summary>
    public static RejectedPayload Rejected(int number, PatientReference? patient = null, DeviceDescriptor? device = null) => new(
        new IncomingPayload(0x1810, BloodPressureProfile.MeasurementUuid, new byte[] { 0x1E, (byte)number, 0 }, Start.AddMinutes(number)),
        device ?? Monitor,
        patient ?? Patient,
        new DecodeError(DecodeErrorCode.Truncated, BloodPressureProfile.MeasurementUuid, "Diastolic", 3));
}
