using System.Runtime.CompilerServices;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>A radio that hears, pairs and forgets as told.</summary>
internal sealed class CentralDouble : ICentral
{
    private bool _isWaiting;

    public Advertisement[] Heard { get; init; } = [];

    public BondSecurity Pairs { get; init; } = BondSecurity.SecureConnections;

    /// <summary>Identity address that a pairing brings to light; null: the one that was paired.</summary>
    public string? Identity { get; init; }

    public PeripheralException? Fault { get; init; }

    /// <summary>Whether a scan has told all that is heard.</summary>
    public bool IsWaiting => Volatile.Read(ref _isWaiting);

    public List<PairingRequest> Asked { get; } = [];

    public List<string> Forgotten { get; } = [];

    public CentralState State { get; set; } = new(CentralCondition.Ready);

    public event Action<CentralState>? StateChanged;

    /// <summary>The radio changes.</summary>
    public void Tell(CentralState state)
    {
        State = state;
        StateChanged?.Invoke(state);
    }

    /// <summary>What it answers when it is asked whether it goes on.</summary>
    public Func<CancellationToken, Task> Probe { get; set; } = _ => Task.CompletedTask;

    public Task ProbeAsync(CancellationToken cancellation) => Probe(cancellation);

    public Task WaitReadyAsync(CancellationToken cancellation) =>
        State.IsReady ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

    public async IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (Advertisement heard in Heard.Where(filter.Fits))
        {
            yield return heard;
        }

        Volatile.Write(ref _isWaiting, true);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
    }

    public Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation) =>
        throw new InvalidOperationException("No command connects.");

    public Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation)
    {
        Asked.Add(request);
        return Fault is { } fault ? Task.FromException<NewBond>(fault) : Task.FromResult(new NewBond(Identity ?? request.Address, request.AddressType, Pairs));
    }

    public Task ForgetAsync(string address, CancellationToken cancellation)
    {
        Forgotten.Add(address);
        return Fault is { } fault ? Task.FromException(fault) : Task.CompletedTask;
    }

    public Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BondedPeripheral>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
