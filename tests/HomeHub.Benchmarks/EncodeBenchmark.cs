using System.Buffers;
using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Fhir;
using HomeHub.Testing;

namespace HomeHub.Benchmarks;

/// <summary>
/// The whole computing of the hub for a payload, disk and network left out: octets to readings (with owner, time, identity) to a Bundle
/// of FHIR JSON. Each payload is a blood pressure with stamp, pulse rate and status: two Observations, and a third when the status tells an event.
/// </summary>
[MemoryDiagnoser]
public class EncodeBenchmark
{
    /// <summary>Payloads of one connection, which go into one Bundle.</summary>
    public const int Payloads = 100;

    private static readonly HashSet<Guid> NoDevices = [];

    private readonly byte[][] _octets = new byte[Payloads][];
    private readonly FhirEncoder _encoder = new();
    private readonly ArrayBufferWriter<byte> _json = new(1024 * 1024);
    private readonly AcquiredReading[] _readings = new AcquiredReading[Payloads];
    private readonly HubIdentity _hub = new(Guid.Parse("3f2c9b1e-58a7-4d06-9c11-7a2be4f0d813"), "02005EFFFE102030");
    private readonly DateTimeOffset _receivedAt = new(2026, 3, 14, 7, 45, 5, TimeSpan.FromHours(1));
    private readonly DateTime _deviceTime = new(2026, 3, 14, 7, 44, 0, DateTimeKind.Unspecified);

    /// <summary>True for an irregular pulse in each payload's status, false for a status that tells nothing, as most do.</summary>
    [Params(false, true)]
    public bool HasEvent { get; set; }

    /// <summary>Bytes of JSON a payload, the Bundle's frame included.</summary>
    public int JsonBytes { get; private set; }

    [GlobalSetup]
    public void Prepare()
    {
        for (int i = 0; i < Payloads; i++)
        {
            byte[] octets = Convert.FromHexString("16800053006200EA07030E07000048000400");
            octets[16] = HasEvent ? (byte)4 : (byte)0;
            octets[11] = (byte)(5 + (i / 60));
            octets[12] = (byte)(i % 60);
            BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)(110 + (i % 50)));
            _octets[i] = octets;
        }

        PayloadToJson();
        JsonBytes = _json.WrittenCount / Payloads;
    }

    [Benchmark(OperationsPerInvoke = Payloads)]
    public int PayloadToJson()
    {
        var session = new AcquisitionSession(SampleReadings.Patient, SampleReadings.Monitor, HubZone.OfReception, tellsIdentifiersApart: false);
        session.NoteClock(new ClockCheck(_receivedAt, Profiles.PhdTimestamp.FromLocal(_deviceTime)));
        for (int i = 0; i < Payloads; i++)
        {
            _readings[i] = session.Accept(new IncomingPayload(0x1810, 0x2A35, _octets[i], _receivedAt)).Readings[0];
        }

        _json.ResetWrittenCount();
        _encoder.EncodeBundle(_hub, _readings, NoDevices, _json);
        return _json.WrittenCount;
    }
}
