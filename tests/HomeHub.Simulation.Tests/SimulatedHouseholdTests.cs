using System.Diagnostics;
using HomeHub.Core.Acquisition;
using HomeHub.Profiles;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Tests;

public class SimulatedHouseholdTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public async Task Two_runs_of_a_seed_give_the_same_payloads_to_the_octet()
    {
        string[] first = await Print(Demo(seed: 7)), second = await Print(Demo(seed: 7)), other = await Print(Demo(seed: 8));
        Assert.Equal(first, second);
        Assert.Equal(first.Length, other.Length);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Every_payload_is_understood_by_the_profiles()
    {
        var contexts = new Dictionary<string, SessionContext>();
        var decoded = new HashSet<BluetoothUuid>();
        foreach (DevicePayload payload in await Read(Demo(seed: 3)))
        {
            SessionContext context = contexts.GetValueOrDefault(payload.Session!, SessionContext.Empty);
            DecodeResult result = ProfileRegistry.Decode(payload.Payload.Characteristic, payload.Payload.Octets.Span, context);
            Assert.True(result.Error is null, $"{payload.Payload.Characteristic}: {result.Error}");
            contexts[payload.Session!] = result.Context ?? context;
            Assert.Equal(
                SimulatedHousehold.IsMeasurement(payload.Payload.Characteristic) || payload.Payload.Characteristic == 0x2A19 ? 1 : 0,
                result.Readings.Length);
            decoded.Add(payload.Payload.Characteristic);
        }

        Assert.Superset(new HashSet<BluetoothUuid> { 0x2A35, 0x2A5E, 0x2A1C, 0x2A9D, 0x2A9C, 0x2A18, 0x2A34, 0x2A37, 0x2A23, 0x2A2B, 0x2A19 }, decoded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_device_calls_its_measurements_test_data(int seed)
    {
        foreach (DevicePayload payload in (await Read(Demo(seed))).Where(p => p.Payload.Characteristic == 0x2A5E))
        {
            Reading reading = Assert.Single(ProfileRegistry.Decode(0x2A5E, payload.Payload.Octets.Span, SessionContext.Empty).Readings);
            Assert.True(reading.Status is MeasurementStatus.None or MeasurementStatus.Questionable, reading.Status.ToString());
        }
    }

    [Fact]
    public async Task Stamps_are_of_the_devices_clock_and_lie_before_reception()
    {
        foreach (DevicePayload payload in (await Read(Demo(seed: 5))).Where(p => p.Payload.Characteristic == 0x2A35))
        {
            Reading reading = Assert.Single(ProfileRegistry.Decode(0x2A35, payload.Payload.Octets.Span, SessionContext.Empty).Readings);
            Assert.True(reading.Timestamp!.Value.TryGetLocal(out DateTime stamp));
            TimeSpan age = payload.Payload.ReceivedAt.DateTime - stamp.AddSeconds(95);
            Assert.InRange(age, TimeSpan.FromSeconds(29), TimeSpan.FromMinutes(170));
        }
    }

    [Fact]
    public async Task Without_a_start_the_simulated_day_ends_before_now()
    {
        var household = new SimulatedHousehold(HouseholdFile.Read("demo") with { Speed = 0 }, TimeProvider.System);
        DateTimeOffset last = default;
        await foreach (SourceItem item in household.ReadAsync(default))
        {
            last = item.Payload!.Payload.ReceivedAt;
        }

        Assert.InRange(TimeProvider.System.GetUtcNow() - last, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Speed_paces_the_run()
    {
        HouseholdDescription household = Demo(seed: 1) with { Speed = 3600, Devices = [Demo(1).Devices[0] with { Connections = 2, EveryMinutes = 12, FirstAfterMinutes = 0 }] };
        var watch = Stopwatch.StartNew();
        await Read(household);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(190), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Generates_as_many_measurements_as_asked_for()
    {
        DevicePayload[] payloads = [.. SimulatedHousehold.Generate(1_000)];
        Assert.Equal(1_000, payloads.Count(payload => SimulatedHousehold.IsMeasurement(payload.Payload.Characteristic)));
        Assert.Equal(8, payloads.Select(payload => payload.Payload.Characteristic).Where(SimulatedHousehold.IsMeasurement).Distinct().Count());
    }

    private static HouseholdDescription Demo(int seed) => HouseholdFile.Read("demo") with { Seed = seed, StartsAt = Start, Speed = 0 };

    private static async Task<string[]> Print(HouseholdDescription description) =>
        [.. (await Read(description)).Select(p => $"{p.Session} {p.Payload.ReceivedAt:O} {p.Payload.Characteristic:X4} {Convert.ToHexString(p.Payload.Octets.Span)}")];

    private static async Task<List<DevicePayload>> Read(HouseholdDescription description)
    {
        var payloads = new List<DevicePayload>();
        await foreach (SourceItem item in new SimulatedHousehold(description, TimeProvider.System).ReadAsync(default))
        {
            payloads.Add(item.Payload!);
        }

        return payloads;
    }
}
