using HomeHub.Core.Buffering;
using HomeHub.Core.Overview;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.SelfCheck;

namespace HomeHub.Gateway.Hub;

/// <summary>How the running hub is, from its own parts and from what it told last about itself (<see cref="RunState"/>).</summary>
/// <param name="parts">The hub.</param>
/// <param name="registry">The devices that were set up.</param>
/// <param name="selfCheck">What the hub found of itself.</param>
internal sealed class OverviewReader(HubParts parts, IDeviceRegistry registry, Func<SelfCheckReport?> selfCheck) : IHubOverview
{
    private readonly DateTimeOffset _since = parts.Time.GetUtcNow();

    public async Task<HubOverview> ReadAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = parts.Time.GetUtcNow();
        RunState? told = RunStateFile.Read(parts.Folder);
        RunState? run = told?.Pid == Environment.ProcessId ? told : null;
        BufferCounts counts = await parts.Buffer.CountAsync(cancellation).ConfigureAwait(false);
        bool isConnected = parts.Uplink.IsConnected;
        SelfCheckReport? found = selfCheck();
        return new HubOverview
        {
            At = now,
            Software = Adapters.SoftwareVersion,
            Since = run?.Since ?? _since,
            IsConnected = isConnected,
            BrokerSince = run is not null && run.IsConnected == isConnected ? run.BrokerSince : run is null ? _since : now,
            Radio = AdapterProbe.Judge(parts.Radio?.State, found)?.Condition,
            Counts = counts,
            Held = parts.Holding?.Count() ?? 0,
            HeldBecause = parts.Holding?.Why(),
            Devices = await registry.ListAsync(cancellation).ConfigureAwait(false),
            FreeBytes = DiskRoom.Read(parts.Folder)?.FreeBytes,
            SelfCheck = found,
            BoardCelsius = BoardTemperature.Read(),
            Power = PowerSupplies.Read(),
            Room = parts.Room?.Invoke(),
        };
    }
}
