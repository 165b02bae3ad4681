using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Testing;

namespace HomeHub.Web.Tests.Own;

/// <summary>Readings of a person at home, told by when they were taken.</summary>
internal static class OwnReadings
{
    /// <summary>MDER NaN.</summary>
    public const int NaN = 0x07FF;

    /// <summary>A blood pressure in mmHg, without a pulse.</summary>
    public static AcquiredReading Pressure(DateTimeOffset at, int systolic = 128, int diastolic = 83, PatientReference? patient = null) =>
        At(at, 0x2A35, [0, (byte)systolic, (byte)(systolic >> 8), (byte)diastolic, (byte)(diastolic >> 8), 0xFF, 0x07], patient);

    /// <summary>A weight in kg, to 5 g.</summary>
    public static AcquiredReading Weight(DateTimeOffset at, decimal kilograms, PatientReference? patient = null)
    {
        var raw = (ushort)(kilograms / 0.005m);
        return At(at, 0x2A9D, [0, (byte)raw, (byte)(raw >> 8)], patient);
    }

    /// <summary>A glucose in mg/dL, of capillary whole blood.</summary>
    public static AcquiredReading Glucose(DateTimeOffset at, int milligramPerDecilitre, PatientReference? patient = null) =>
        At(at, 0x2A18, [0x02, (byte)at.Minute, (byte)at.Day, 0xEA, 0x07, (byte)at.Month, (byte)at.Day, (byte)at.Hour, (byte)at.Minute, 0, (byte)milligramPerDecilitre, 0xB0, 0x11], patient);

    /// <summary>A blood pressure of two octets, which no decoder takes any more.</summary>
    public static AcquiredReading NotUnderstood(DateTimeOffset at, PatientReference? patient = null)
    {
        AcquiredReading readable = Pressure(at, patient: patient);
        return new AcquiredReading
        {
            Identity = readable.Identity, Device = readable.Device, Patient = readable.Patient, Service = readable.Service, Characteristic = readable.Characteristic, Octets = [0, 1],
            Context = readable.Context, ReceivedAt = readable.ReceivedAt, Effective = readable.Effective,
        };
    }

    /// <summary>Appends readings, to be sent to the care team.</summary>
    public static Task AppendAsync(this IReadingBuffer buffer, params AcquiredReading[] readings) => buffer.AppendAsync([.. readings.Select(SampleReadings.ToSend)], default);

    /// <summary>A month of a person: pressure each day but for a gap, glucose, a weight.</summary>
    public static Task FillAsync(IReadingBuffer buffer, DateTimeOffset now) => buffer.AppendAsync(
    [
        .. Enumerable.Range(1, 28).Where(day => day is < 10 or > 13).Select(day => Pressure(now.AddDays(-day), 124 + (day * 7 % 11), 78 + (day * 5 % 9))),
        .. Enumerable.Range(1, 9).Select(day => Glucose(now.AddDays(-day), 95 + (day * 3))),
        Weight(now.AddDays(-2), 72.4m), Pressure(now.AddHours(-1), 146, 84),
    ]);

    private static AcquiredReading At(DateTimeOffset at, ushort characteristic, byte[] octets, PatientReference? patient) =>
        SampleReadings.Record(characteristic, octets, at, patient) with { Effective = new EffectiveTime(at, StampUse.None) };
}
