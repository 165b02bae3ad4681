using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Household;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Simulation.Tests.Devices;

/// <summary>Each device file that is shipped can be read, paired and taken from as the hub does it.</summary>
public sealed class ExampleTests
{
    private const int MaxSessions = 5;
    private const string Address = "C0:FF:EE:00:00:01";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "devices");

    private static readonly SessionLimits Limits = new() { FirstValue = TimeSpan.FromSeconds(3), Idle = TimeSpan.FromMilliseconds(500), Whole = TimeSpan.FromSeconds(20) };

    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void There_is_one_of_each_kind() =>
        Assert.Equal(Enum.GetValues<DeviceKind>(), Directory.GetFiles(Folder).Select(file => DeviceFileReader.Read(file).Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task All_that_it_measured_reaches_the_hub_and_is_understood(string example)
    {
        DeviceFile file = DeviceFileReader.Read(Path.Combine(Folder, example)) with { SendIntervalMilliseconds = 0 };
        await using var bench = new ExampleBench(file);
        foreach (ScriptStep step in file.Script.Where(step => step.At is null && step.Do is ScriptAction.Disconnect or ScriptAction.Fault))
        {
            await bench.Device.DoAsync(step, CancellationToken.None);
        }

        await bench.Carried.AdvertiseAsync(true, CancellationToken.None);
        if (file.Security != DeviceSecurity.None)
        {
            await bench.Central.PairAsync(new PairingRequest { Address = Address, Prompt = new BenchPrompt(bench) }, CancellationToken.None);
        }

        if (file.Kind == DeviceKind.HeartRateStrap)
        {
            // It tells only what it measures while somebody listens.
            bench.Device.Happened += told => bench.MeasureOnSubscription(told);
        }

        int expected = file.Kind == DeviceKind.HeartRateStrap ? 1 : file.StoredRecords * (file.Kind is DeviceKind.Scale or DeviceKind.GlucoseMeter ? 2 : 1);
        List<IncomingPayload> taken = [];
        var memory = DeviceMemory.Empty;
        for (int i = 0; i < MaxSessions && Distinct(taken).Count < expected; i++)
        {
            memory = await TakeAsync(bench, memory, taken);
        }

        Assert.Equal(expected, Distinct(taken).Count);
        SessionContext context = SessionContext.Empty;
        foreach (IncomingPayload payload in taken)
        {
            DecodeResult result = ProfileRegistry.Decode(payload.Characteristic, payload.Octets.ToArray(), context with { IsMinute = payload.IsMinute });
            Assert.True(result.Error is null, $"{payload.Characteristic:X4}: {result.Error}");
            context = result.Context ?? context;
        }
    }

    private static List<string> Distinct(List<IncomingPayload> taken) =>
        [.. taken.Where(payload => payload.Characteristic is 0x2A35 or 0x2A5E or 0x2A1C or 0x2A9D or 0x2A9C or 0x2A18 or 0x2A34 or 0x2A37)
            .Select(payload => $"{payload.Characteristic} {Convert.ToHexString(payload.Octets.Span)}").Distinct()];

    private static async Task<DeviceMemory> TakeAsync(ExampleBench bench, DeviceMemory memory, List<IncomingPayload> taken)
    {
        Assert.True(PatientReference.TryParse("Patient/p1", out PatientReference? patient));
        var registered = new RegisteredDevice { Address = Address, Patient = patient!, PairedAt = DateTimeOffset.UnixEpoch };
        await using IPeripheral device = await bench.Central.ConnectAsync(Address, AddressType.Public, Eventually.Deadline, CancellationToken.None);
        var session = new PeripheralSession(device, registered, memory, new PeripheralSourceOptions { Limits = Limits }, TimeProvider.System);
        try
        {
            await session.RunAsync("s", (item, _) =>
            {
                taken.Add(item.Payload!.Payload);
                item.Committed?.Invoke();
                return ValueTask.CompletedTask;
            }, CancellationToken.None);
        }
        catch (PeripheralException error)
        {
            Assert.True(error.IsPassing, error.Message);
        }

        return session.Memory;
    }

    private sealed class ExampleBench : CentralBench
    {
        private readonly SimulatedCentral _central = new(TimeProvider.System);

        public ExampleBench(DeviceFile file)
        {
            Carried = _central.Add(file, ExampleTests.Address);
            Carried.PasskeyShown += Show;
        }

        public CarriedDevice Carried { get; }

        public override ICentral Central => _central;

        public override string Address => Carried.Address;

        public override AddressType AddressType => Carried.AddressType;

        public override DeviceModel Device => Carried.Model;

        public void MeasureOnSubscription(DeviceEvent told)
        {
            if (told is { Name: "subscribed", Characteristic: 0x2A37 })
            {
                _ = Device.MeasureAsync(CancellationToken.None);
            }
        }

        public override ValueTask DisposeAsync() => _central.DisposeAsync();
    }
}
