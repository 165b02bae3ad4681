using System.Text;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Hub;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>The commands for devices as they are typed, on a hub whose clock was not synchronised since its system started.</summary>
public sealed class UnknownClockTests : IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-unknown-clock-").FullName;

    [Fact]
    public async Task Pair_without_a_time_is_refused_before_the_radio_is_asked()
    {
        (int exit, string error) = await RunAsync("devices", "pair", Address, "--patient", "Patient/p1", "--data", _folder);
        Assert.Equal(ExitCodes.Failed, exit);
        Assert.Contains("does not know its time", error, StringComparison.Ordinal);
        Assert.Empty(await DevicesAsync());
    }

    [Fact]
    public async Task Assign_without_a_time_is_refused_and_changes_nothing()
    {
        await SaveAsync(new RegisteredDevice { Address = Address, Patient = null, PairedAt = SampleReadings.Start });
        (int exit, string error) = await RunAsync("devices", "assign", Address, "--patient", "Patient/p2", "--data", _folder);
        Assert.Equal(ExitCodes.Failed, exit);
        Assert.Contains("--since", error, StringComparison.Ordinal);
        Assert.Null(Assert.Single(await DevicesAsync()).Patient);

        (exit, error) = await RunAsync("devices", "assign", Address, "--patient", "Patient/p2", "--since", "2026-03-14T09:00+01:00", "--data", _folder);
        Assert.True(exit == ExitCodes.Done, error);
        RegisteredDevice assigned = Assert.Single(await DevicesAsync());
        Assert.Equal(("Patient/p2", new DateTimeOffset(2026, 3, 14, 8, 0, 0, TimeSpan.Zero)), (assigned.Patient!.Key, assigned.Users.OwnerSince));
    }

    [Fact]
    public async Task What_somebody_else_measured_is_not_assigned_by_a_time_that_is_said()
    {
        await SaveAsync(new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start });
        (int exit, string error) = await RunAsync("devices", "assign", Address, "--patient", "Patient/p2", "--since", "2026-03-14T09:00+01:00", "--data", _folder);
        Assert.Equal(ExitCodes.Usage, exit);
        Assert.Contains("--since", error, StringComparison.Ordinal);
        Assert.Equal(SampleReadings.Patient, Assert.Single(await DevicesAsync()).Patient);
    }

    [Fact]
    public async Task Unassign_and_expect_note_no_time_and_go_on()
    {
        var before = new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start.ToUniversalTime() };
        await SaveAsync(before);
        (int exit, string error) = await RunAsync("devices", "expect", Address, "--every", "1d", "--data", _folder);
        Assert.True(exit == ExitCodes.Done, error);
        (exit, error) = await RunAsync("devices", "unassign", Address, "--data", _folder);
        Assert.True(exit == ExitCodes.Done, error);
        Assert.Equal(before with { Patient = null, ExpectedEvery = TimeSpan.FromDays(1) }, Assert.Single(await DevicesAsync()));
    }

    [Fact]
    public async Task A_site_that_vouches_for_its_clock_says_so_in_its_configuration()
    {
        await SaveAsync(new RegisteredDevice { Address = Address, Patient = null, PairedAt = SampleReadings.Start });
        string config = Path.Combine(_folder, "homehub.json");
        await File.WriteAllTextAsync(config, """{ "clock": { "trust": "always" } }""");
        (int exit, string error) = await RunAsync("devices", "assign", Address, "--patient", "Patient/p2", "--data", _folder, "--config", config);
        Assert.True(exit == ExitCodes.Done, error);
        Assert.Equal("Patient/p2", Assert.Single(await DevicesAsync()).Patient!.Key);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Exit, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter(new StringBuilder());
        var io = new CommandIo(Stream.Null, output, error, TimeProvider.System)
        {
            Clock = configuration => new ClockDouble { IsTimeKnown = configuration.TrustsClock },
        };
        return (await HomeHubCommand.RunAsync(arguments, io, CancellationToken.None), error.ToString());
    }

    private async Task SaveAsync(RegisteredDevice device)
    {
        await using IDeviceRegistry registry = await Adapters.OpenRegistryAsync(_folder, default);
        await registry.SaveAsync(device, default);
    }

    private async Task<IReadOnlyList<RegisteredDevice>> DevicesAsync()
    {
        await using IDeviceRegistry registry = await Adapters.OpenRegistryAsync(_folder, default);
        return await registry.ListAsync(default);
    }
}
