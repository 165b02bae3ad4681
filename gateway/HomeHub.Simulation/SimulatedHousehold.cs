using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Profiles;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation;

/// <summary>
/// A household of simulated devices as a source of payloads. Seeded: the same description gives the same octets in the same order, and with
/// <see cref="HouseholdDescription.StartsAt"/> the same times too. Brings its own, synchronised clock: the simulated time.
/// </summary>
public sealed class SimulatedHousehold : IPayloadSource
{
    private readonly HouseholdDescription _description;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _start;

    /// <summary>Creates the household.</summary>
    /// <param name="description">What it consists of.</param>
    /// <param name="time">Real time: the default start, and waiting.</param>
    public SimulatedHousehold(HouseholdDescription description, TimeProvider time)
    {
        _description = description;
        _time = time;
        _start = description.StartsAt ?? WholeSecond(time.GetLocalNow() - description.Length - TimeSpan.FromMinutes(5));
    }

    /// <inheritdoc/>
    public string Name => "simulation";

    /// <summary>The seed, to be printed so that a run can be repeated.</summary>
    public int Seed => _description.Seed;

    /// <summary>When the simulated time starts.</summary>
    public DateTimeOffset StartsAt => _start;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        long startedAt = _time.GetTimestamp();
        foreach (DevicePayload payload in ReadAll())
        {
            if (_description.Speed > 0)
            {
                TimeSpan due = (payload.Payload.ReceivedAt - _start) / _description.Speed;
                TimeSpan wait = due - _time.GetElapsedTime(startedAt);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
                }
            }

            cancellation.ThrowIfCancellationRequested();
            yield return new SourceItem(payload, null, 0);
        }
    }

    /// <summary>
    /// <paramref name="count"/> measurement payloads of a household with one device of each kind, in turn, from 2026-01-01 on, each with all that
    /// belongs to its connection; Device Information, clocks and features come on top of the count. For benchmarks and load tests.
    /// </summary>
    public static IEnumerable<DevicePayload> Generate(int count, int seed = 1)
    {
        const int ConnectionsPerDevice = DeviceDescription.MaxConnections;
        HouseholdDescription demo = HouseholdFile.Read(HouseholdFile.DemoName);
        HouseholdDescription many = demo with
        {
            Seed = seed,
            StartsAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)),
            Devices = [.. demo.Devices.Select(device => device with
            {
                Connections = ConnectionsPerDevice, ReadingsPerConnection = 4, EveryMinutes = 10, FirstAfterMinutes = 0, BatteryPercent = null,
            })],
        };
        int measurements = 0;
        foreach (DevicePayload payload in new SimulatedHousehold(many, TimeProvider.System).ReadAll())
        {
            if (IsMeasurement(payload.Payload.Characteristic) && measurements++ == count)
            {
                yield break;
            }

            yield return payload;
        }
    }

    /// <summary>True for the characteristics whose records the simulated devices take: the others tell about the connection.</summary>
    public static bool IsMeasurement(BluetoothUuid characteristic) =>
        characteristic.Short is 0x2A35 or 0x2A5E or 0x2A1C or 0x2A9D or 0x2A9C or 0x2A18 or 0x2A34 or 0x2A37;

    /// <summary>All payloads, in the order of simulated time; connections do not interleave.</summary>
    private IEnumerable<DevicePayload> ReadAll()
    {
        SimulatedDevice[] devices = [.. _description.Devices.Select((device, i) => new SimulatedDevice(device, i, _description.Seed))];
        var next = new PriorityQueue<(int Device, int Connection), (TimeSpan At, int Device)>();
        for (int i = 0; i < devices.Length; i++)
        {
            next.Enqueue((i, 0), (devices[i].ConnectsAfter(0), i));
        }

        while (next.TryDequeue(out (int Device, int Connection) turn, out (TimeSpan At, int Device) due))
        {
            SimulatedDevice device = devices[turn.Device];
            foreach (DevicePayload payload in device.Connect(turn.Connection, _start + due.At))
            {
                yield return payload;
            }

            if (turn.Connection + 1 < device.Connections)
            {
                next.Enqueue((turn.Device, turn.Connection + 1), (device.ConnectsAfter(turn.Connection + 1), turn.Device));
            }
        }
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
