using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.Wire;
using HomeHub.Simulation.Household;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation;

/// <summary>
/// A device of the household over the whole simulation: who it is, what its clock says, and what it sends in each connection, in the order
/// in which a gateway reads a real one: Device Information, clock, features, battery, stored measurements.
/// </summary>
internal sealed class SimulatedDevice
{
    private const ushort InformationService = 0x180A, TimeService = 0x1805, BatteryService = 0x180F;

    /// <summary>Between two payloads of a connection.</summary>
    private static readonly TimeSpan PayloadInterval = TimeSpan.FromMilliseconds(40);

    private readonly DeviceDescription _description;
    private readonly Peripheral _peripheral;
    private readonly PatientReference _patient;
    private readonly DeviceDescriptor _descriptor;
    private readonly int _number;

    public SimulatedDevice(DeviceDescription description, int number, int seed)
    {
        _description = description;
        _number = number;
        // One stream of numbers a device, so that adding a device does not change the others. 7919: any prime keeps the streams apart.
        _peripheral = Peripheral.Create(description.Kind, new Random(unchecked(seed + (number * 7919))), PeripheralOptions.Usual);
        _patient = PatientReference.TryParse(description.Patient, out PatientReference? patient)
            ? patient!
            : throw new ArgumentException("Not a patient.", nameof(description));
        _descriptor = new DeviceDescriptor { Address = description.Address, AddressType = description.AddressType, IsSynthetic = true };
    }

    /// <summary>How often it connects.</summary>
    public int Connections => _description.Connections;

    /// <summary>When connection <paramref name="index"/> begins, from the start of the simulation.</summary>
    public TimeSpan ConnectsAfter(int index) => TimeSpan.FromMinutes(_description.FirstAfterMinutes + (index * _description.EveryMinutes));

    /// <summary>Everything of one connection, in order. Connections are asked for in ascending order, each once.</summary>
    public IEnumerable<DevicePayload> Connect(int index, DateTimeOffset at)
    {
        string session = $"sim-{_number}-{index}";
        DateTimeOffset now = at;
        foreach (SimulatedPayload payload in ReadInformation().Concat(ReadClock(at)).Concat(_peripheral.ReadFeatures()).Concat(ReadBattery(index)))
        {
            yield return Wrap(session, payload, now);
            now += PayloadInterval;
        }

        for (int i = 0; i < _description.ReadingsPerConnection; i++)
        {
            TimeSpan streamed = TimeSpan.FromSeconds(_peripheral.StreamIntervalSeconds * i);
            DateTimeOffset measuredAt = _peripheral.StreamIntervalSeconds > 0 ? now : at - AgeOf(i);
            foreach (SimulatedPayload payload in _peripheral.Measure(DeviceClock(measuredAt)))
            {
                yield return Wrap(session, payload, now + streamed);
                now += PayloadInterval;
            }
        }
    }

    /// <summary>Stored records lie evenly over the time since the last connection (a day at most), the newest half a minute old.</summary>
    private TimeSpan AgeOf(int record)
    {
        TimeSpan span = TimeSpan.FromMinutes(Math.Min(_description.EveryMinutes, 24 * 60));
        int newer = _description.ReadingsPerConnection - 1 - record;
        return TimeSpan.FromSeconds(30) + (span * newer / _description.ReadingsPerConnection);
    }

    private PhdTimestamp DeviceClock(DateTimeOffset at) =>
        PhdTimestamp.FromLocal(at.DateTime.AddSeconds(_description.ClockOffsetSeconds));

    private DevicePayload Wrap(string session, SimulatedPayload payload, DateTimeOffset at) =>
        new(session, _patient, _descriptor, null, new IncomingPayload(payload.Service, payload.Characteristic, payload.Octets, at));

    private IEnumerable<SimulatedPayload> ReadInformation()
    {
        if (_description.SystemId is { } systemId)
        {
            yield return new SimulatedPayload(InformationService, 0x2A23, Convert.FromHexString(systemId));
        }

        (ushort Characteristic, string? Text)[] texts =
        [
            (0x2A29, _description.Manufacturer), (0x2A24, _description.Model), (0x2A25, _description.Serial), (0x2A26, _description.Firmware),
        ];
        foreach ((ushort characteristic, string? text) in texts)
        {
            if (text is not null)
            {
                yield return new SimulatedPayload(InformationService, characteristic, Encoding.UTF8.GetBytes(text));
            }
        }
    }

    /// <summary>Current Time (0x2A2B): Date Time, day of week (1 = Monday), 256ths of a second, adjust reason.</summary>
    private IEnumerable<SimulatedPayload> ReadClock(DateTimeOffset at)
    {
        if (!_peripheral.HasClock)
        {
            return [];
        }

        DateTime local = at.DateTime.AddSeconds(_description.ClockOffsetSeconds);
        var writer = new WireWriter(stackalloc byte[10]);
        writer.DateTime(PhdTimestamp.FromLocal(local));
        writer.UInt8((byte)(local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek));
        writer.UInt8((byte)(local.Millisecond * 256 / 1000));
        writer.UInt8(0);
        return [new SimulatedPayload(TimeService, 0x2A2B, writer.ToArray())];
    }

    private IEnumerable<SimulatedPayload> ReadBattery(int index) =>
        _description.BatteryPercent is { } percent
            ? [new SimulatedPayload(BatteryService, 0x2A19, [(byte)Math.Max(0, percent - (index / 5))])]
            : [];
}
