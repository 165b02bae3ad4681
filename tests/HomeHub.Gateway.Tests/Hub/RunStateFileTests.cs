using HomeHub.Core.Time;
using HomeHub.Gateway.Hub;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Hub;

public sealed class RunStateFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-run-state-").FullName;

    [Fact]
    public void What_was_written_is_read()
    {
        RunState state = State(Environment.ProcessId);
        RunStateFile.Write(_folder, state);
        Assert.Equal(state, RunStateFile.Read(_folder));
        RunStateFile.Delete(_folder);
        Assert.Null(RunStateFile.Read(_folder));
    }

    [Fact]
    public void A_file_that_can_not_be_read_counts_as_none()
    {
        File.WriteAllText(Path.Combine(_folder, "run-state.json"), "{");
        Assert.Null(RunStateFile.Read(_folder));
    }

    [Fact]
    public void A_state_is_stale_when_its_process_is_gone_or_it_was_not_refreshed()
    {
        var clock = new ClockDouble { Uptime = TimeSpan.FromMinutes(10) };
        RunState state = State(Environment.ProcessId);
        Assert.True(state.IsCurrent(clock with { Uptime = clock.Uptime + TimeSpan.FromSeconds(15) }));
        Assert.False(state.IsCurrent(clock with { Uptime = clock.Uptime + TimeSpan.FromMinutes(1) }));
        Assert.False(state.IsCurrent(clock with { BootId = "another" }));
        Assert.False((state with { At = null }).IsCurrent(clock));
        Assert.False(State(int.MaxValue).IsCurrent(clock));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunState State(int pid) => new(pid, "0.1.0", Now.AddHours(-1), new BootMoment("boot", TimeSpan.FromMinutes(10)), true, Now, false, null);
}
