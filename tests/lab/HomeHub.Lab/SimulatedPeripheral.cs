using System.Globalization;
using System.Text.Json;
using HomeHub.Profiles;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Peripherals;
using HomeHub.Testing.Programs;

namespace HomeHub.Lab;

/// <summary>A running <c>homehub-sim</c>, and what it says.</summary>
internal sealed class SimulatedPeripheral(Executable program, string address, DeviceFile file)
{
    private readonly SessionContext _context = ContextOf(file);

    /// <summary>Address of its adapter.</summary>
    public string Address { get; } = address;

    private readonly List<JsonElement> _events = [];
    private int _read;

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            string output = program.Output;
            for (int end = output.IndexOf('\n', _read); end >= 0; end = output.IndexOf('\n', _read))
            {
                _events.Add(JsonSerializer.Deserialize<JsonElement>(output.AsSpan(_read, end - _read)));
                _read = end + 1;
            }

            return _events;
        }
    }

    /// <summary>What it has measured so far: the records, with the true time.</summary>
    public IEnumerable<MeasuredRecord> Measured => Named("measured").Select(happened => new MeasuredRecord(
        ushort.Parse(happened.GetProperty("characteristic").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        Convert.FromHexString(happened.GetProperty("octets").GetString()!),
        happened.GetProperty("at").GetDateTimeOffset(),
        _context));

    /// <summary>How often something happened.</summary>
    public int Count(string name) => Named(name).Count();

    /// <summary>Has it do something: a step of a script, typed.</summary>
    public Task DoAsync(string step) => program.TypeAsync(step);

    /// <summary>Has it take measurements, and waits until they are taken.</summary>
    public async Task MeasureAsync(int count = 1)
    {
        int before = Count("script-measure");
        await DoAsync($"measure {count}");
        await HappenedAsync("script-measure", before + 1);
    }

    /// <summary>Waits until something has happened so often.</summary>
    public Task HappenedAsync(string name, int times = 1) =>
        Laboratory.HoldsAsync(() => Task.FromResult(Count(name) >= times), $"{name} of {Address}, {times} times");

    /// <summary>Ends it.</summary>
    public Task EndAsync() => program.KillAsync();

    /// <summary>Has it do nothing for a while.</summary>
    public Task FreezeAsync() => program.FreezeAsync();

    /// <summary>Has it go on.</summary>
    public Task ThawAsync() => program.ThawAsync();

    /// <summary>The number that it shows while it pairs.</summary>
    public async Task<string> PasskeyAsync()
    {
        await HappenedAsync("passkey");
        return Named("passkey").Last().GetProperty("passkey").GetString()!;
    }

    private static SessionContext ContextOf(DeviceFile file) =>
        Peripheral.Create(file.Kind, new Random(0), new PeripheralOptions(file.HasClock, file.UserIndex)).ReadFeatures()
            .Aggregate(SessionContext.Empty, (context, feature) => ProfileRegistry.Decode(feature.Characteristic, feature.Octets, context).Context ?? context);

    private IEnumerable<JsonElement> Named(string name) => Events.Where(happened => happened.GetProperty("event").GetString() == name);
}
