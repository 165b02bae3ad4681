using System.Buffers;
using System.Diagnostics;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using Xunit.Abstractions;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// Payload to FHIR bytes, with decoding, record identity and UUIDs: what a blood pressure with a pulse rate (two Observations) costs. The
/// benchmarks measure speed; this prints it, and holds the memory, which is the same on every machine.
/// </summary>
public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Payloads = 20_000;
    private const int MaxBytesPerPayload = 1024;

    [Fact]
    public void A_blood_pressure_allocates_less_than_a_kibibyte()
    {
        var sink = new ArrayBufferWriter<byte>(64 * 1024);
        byte[] octets = Convert.FromHexString("1680005300FF07EA07030E072A0A47000000");
        long written = Run(sink, octets, Payloads);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        written += Run(sink, octets, Payloads);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        long perPayload = (GC.GetAllocatedBytesForCurrentThread() - before) / Payloads;
        output.WriteLine($"{Payloads / seconds:F0} payloads/s, {perPayload} bytes allocated each, {written / Payloads / 4} bytes of JSON each");
        Assert.InRange(perPayload, 1, MaxBytesPerPayload - 1);
    }

    private static long Run(ArrayBufferWriter<byte> sink, byte[] octets, int payloads)
    {
        long written = 0;
        DateTimeOffset received = Samples.At("2026-03-14T07:45:06+01:00");
        var effective = new EffectiveTime(Samples.At("2026-03-14T07:43:15+01:00"), StampUse.Mapped);
        for (int i = 0; i < payloads; i++)
        {
            octets[1] = (byte)i;
            DecodeResult decoded = ProfileRegistry.Decode(0x2A35, octets, SessionContext.Empty);
            Reading reading = decoded.Readings[0];
            var record = new AcquiredReading
            {
                Identity = RecordIdentity.Of(Samples.Cuff.Address, 0x2A35, reading.Timestamp, null, received, octets),
                Device = Samples.Cuff,
                Patient = Samples.Patient,
                Service = 0x1810,
                Characteristic = 0x2A35,
                Octets = octets,
                Context = SessionContext.Empty,
                ReceivedAt = received,
                Effective = effective,
                Stamp = reading.Timestamp,
                ClockCheck = Samples.CuffClock,
                Reading = reading,
            };
            sink.ResetWrittenCount();
            written += Samples.Encoder.EncodeObservations(Samples.Hub, record, sink) * (long)sink.WrittenCount;
        }

        return written;
    }
}
