using HomeHub.Core.SelfCheck;
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
        Assert.True(state.IsCurrent(clock with { Uptime = clock.Uptime + RunState.Heartbeat }));
        Assert.False(state.IsCurrent(clock with { Uptime = clock.Uptime + RunState.MaxAge }));
        Assert.False((state with { StartTicks = state.StartTicks + 1 }).IsCurrent(clock));
        Assert.False(state.IsCurrent(clock with { BootId = "another" }));
        Assert.False((state with { At = null }).IsCurrent(clock));
        Assert.False(State(int.MaxValue).IsCurrent(clock));
    }

    [Fact]
    public void What_the_hub_found_of_itself_is_read_again()
    {
        var report = SelfCheckReport.Of([new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.DiskLow, "400 MB"), new CheckFinding(CheckKind.Adapter, CheckOutcome.Off)], null, Now);
        RunStateFile.Write(_folder, State(Environment.ProcessId) with { SelfCheck = report });
        SelfCheckReport read = RunStateFile.Read(_folder)!.SelfCheck!;
        Assert.Equal((report.At, true), (read.At, read.TellsAs(report)));
        Assert.Equal(report.Results, read.Results);
    }

    [Fact]
    public void A_state_tells_as_another_unless_something_but_its_writing_changed()
    {
        RunState state = State(Environment.ProcessId);
        Assert.True(state.TellsAs(state with { At = null, Since = state.Since.AddMilliseconds(3) }));
        Assert.False(state.TellsAs(state with { Since = state.Since.AddDays(1) }));
        Assert.False(state.TellsAs(state with { IsConnected = false }));
        Assert.False(state.TellsAs(state with { SelfCheck = new SelfCheckReport(Now, []) }));
        Assert.False(state.TellsAs(null));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static RunState State(int pid) => new(pid, "0.1.0", Now.AddHours(-1), new BootMoment("boot", TimeSpan.FromMinutes(10)), true, Now, false, null) { StartTicks = ProcessStart.Read(pid) };
}
