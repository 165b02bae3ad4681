using System.Globalization;
using System.Text.Json;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.Lab;

/// <summary>A running <c>homehub-sim</c>, and what it says.</summary>
internal sealed class SimulatedPeripheral(Executable program, string address)
{
    /// <summary>Address of its adapter.</summary>
    public string Address { get; } = address;

    /// <summary>What happened so far.</summary>
    public IEnumerable<JsonElement> Events =>
        program.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    /// <summary>What it has measured so far: the records, with the true time.</summary>
    public IEnumerable<MeasuredRecord> Measured => Named("measured").Select(happened => new MeasuredRecord(
        ushort.Parse(happened.GetProperty("characteristic").GetString()!, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        Convert.FromHexString(happened.GetProperty("octets").GetString()!),
        happened.GetProperty("at").GetDateTimeOffset()));

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
        Eventually.HoldsAsync(() => Task.FromResult(Count(name) >= times), $"{name} of {Address}, {times} times", Laboratory.Patience);

    /// <summary>The number that it shows while it pairs.</summary>
    public async Task<string> PasskeyAsync()
    {
        await HappenedAsync("passkey");
        return Named("passkey").Last().GetProperty("passkey").GetString()!;
    }

    private IEnumerable<JsonElement> Named(string name) => Events.Where(happened => happened.GetProperty("event").GetString() == name);
}
