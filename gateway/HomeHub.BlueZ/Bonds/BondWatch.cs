using System.Collections.Concurrent;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ.Bonds;

/// <summary>
/// Finds lost bonds and the kind of new ones. The kernel tells both; where it may not be asked, links that go before the peripheral answered
/// anything count, and BlueZ's file tells the kind.
/// </summary>
internal sealed class BondWatch : IDisposable
{
    private readonly BlueZOptions _options;
    private readonly TimeProvider _time;
    private readonly IKernelManagement _kernel;
    private readonly ConcurrentDictionary<string, long> _failures = new();
    private readonly ConcurrentDictionary<string, byte> _newKeys = new();
    private readonly ConcurrentDictionary<string, int> _earlyDrops = new();

    public BondWatch(BlueZOptions options, TimeProvider time, IKernelManagement kernel)
    {
        (_options, _time, _kernel) = (options, time, kernel);
        kernel.Heard += Take;
    }

    /// <summary>Takes BlueZ's own word on why a link went.</summary>
    public void TakeReason(string path, string reason)
    {
        int at = path.LastIndexOf("/dev_", StringComparison.Ordinal);
        if (at >= 0 && reason == BlueZNames.AuthenticationReason)
        {
            _failures[path[(at + 5)..].Replace('_', ':')] = _time.GetTimestamp();
        }
    }

    /// <summary>Notes that a bonded peripheral answered: its bond holds.</summary>
    public void Holds(string address) => _earlyDrops.TryRemove(address, out _);

    /// <summary>Whether the link of a bonded peripheral, gone before it answered anything, tells that the bond is lost.</summary>
    /// <param name="address">The peripheral.</param>
    /// <param name="connectingSince">Timestamp at which connecting began.</param>
    public async Task<bool> IsLostAsync(string address, long connectingSince)
    {
        if (_kernel.IsListening)
        {
            // The kernel's word comes by another way than BlueZ's, and may come after it.
            await Task.Delay(_options.KernelWordLimit, _time).ConfigureAwait(false);
        }

        if (_failures.TryGetValue(address, out long at) && at >= connectingSince)
        {
            _earlyDrops.TryRemove(address, out _);
            return true;
        }

        return !_kernel.IsListening
            && _earlyDrops.AddOrUpdate(address, 1, (_, drops) => drops + 1) >= BlueZOptions.EarlyDropsForLostBond;
    }

    /// <summary>Forgets what was heard of the peripheral before it is paired anew.</summary>
    public void BeginPairing(string address)
    {
        _newKeys.TryRemove(address, out _);
        _failures.TryRemove(address, out _);
        _earlyDrops.TryRemove(address, out _);
    }

    /// <summary>The kind of the bond that was just made.</summary>
    public async Task<BondSecurity> KindAsync(string adapterAddress, string address)
    {
        if (_kernel.IsListening && !_newKeys.ContainsKey(address))
        {
            await Task.Delay(_options.KernelWordLimit, _time).ConfigureAwait(false);
        }

        return _newKeys.TryGetValue(address, out byte type) ? BondFile.OfKeyType(type) : BondFile.Read(_options.BondFolder, adapterAddress, address);
    }

    public void Dispose()
    {
        _kernel.Heard -= Take;
        _kernel.Dispose();
    }

    private void Take(KernelEvent heard)
    {
        if (heard.IsAuthenticationFailure)
        {
            _failures[heard.Address] = _time.GetTimestamp();
        }

        if (heard.KeyType is { } type)
        {
            _newKeys[heard.Address] = type;
        }
    }
}
