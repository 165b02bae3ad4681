using System.Text;
using HomeHub.Core.Network;

namespace HomeHub.Testing.Network;

/// <summary>A double of <see cref="IWifi"/>: networks with their passphrases in memory.</summary>
public sealed class InMemoryWifi : IWifi
{
    private readonly List<(WifiNetwork Network, string? Passphrase)> _around = [];
    private readonly HashSet<string> _kept = [];
    private string? _joined;

    /// <summary>Whether networks can be joined.</summary>
    public WifiCondition Condition { get; set; } = WifiCondition.Ready;

    /// <summary>Whether networks give addresses.</summary>
    public bool GivesAddresses { get; set; } = true;

    /// <summary>How often it was asked to listen anew.</summary>
    public int Listened { get; private set; }

    /// <summary>Names of networks whose passphrase is kept.</summary>
    public IReadOnlySet<string> Kept => _kept;

    /// <summary>Adds a network.</summary>
    public void Add(string name, int signalPercent, WifiSecurity security, string? passphrase = null) =>
        _around.Add((new WifiNetwork(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name)), name, signalPercent, security, false), passphrase));

    /// <inheritdoc/>
    public Task<WifiState> ReadAsync(CancellationToken cancellation) => Task.FromResult(Condition != WifiCondition.Ready
        ? WifiState.Without(Condition)
        : new WifiState(Condition,
        [
            .. _around.Select(one => one.Network with { IsJoined = one.Network.Id == _joined }).OrderByDescending(network => network.IsJoined).ThenByDescending(network => network.SignalPercent),
        ]));

    /// <inheritdoc/>
    public Task ListenAsync(CancellationToken cancellation)
    {
        Listened++;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<WifiJoin> JoinAsync(string id, string? passphrase, CancellationToken cancellation)
    {
        (WifiNetwork? network, string? right) = _around.Find(one => one.Network.Id == id);
        WifiJoin outcome = Condition != WifiCondition.Ready ? WifiJoin.NotReady
            : network is null ? WifiJoin.NotHeard
            : network.Security is WifiSecurity.Account or WifiSecurity.Outdated ? WifiJoin.NotSupported
            : right is not null && (passphrase is null || !WifiPassphrase.IsPossible(passphrase)) ? WifiJoin.PassphraseForm
            : right is not null && passphrase != right ? WifiJoin.WrongPassphrase
            : GivesAddresses ? WifiJoin.Joined : WifiJoin.NoAddress;
        if (outcome == WifiJoin.Joined)
        {
            _joined = id;
            _kept.Add(network!.Name);
        }

        return Task.FromResult(outcome);
    }

    /// <inheritdoc/>
    public Task<WifiForget> ForgetAsync(CancellationToken cancellation)
    {
        if (Condition == WifiCondition.NoService)
        {
            return Task.FromResult(WifiForget.NoService);
        }

        _joined = null;
        _kept.Clear();
        return Task.FromResult(WifiForget.Forgotten);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
