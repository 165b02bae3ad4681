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
    private readonly ConcurrentDictionary<string, (byte Type, long At)> _newKeys = new();
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

    /// <summary>What the link of a bonded peripheral, gone before it answered anything, tells of the bond.</summary>
    /// <param name="address">The peripheral.</param>
    /// <param name="connectingSince">Timestamp at which connecting began.</param>
    /// <param name="wasLinked">Whether there was a link at all; a peripheral that did not answer tells nothing.</param>
    /// <returns><see cref="PeripheralFault.BondLost"/>, <see cref="PeripheralFault.BondDoubtful"/>, or null where it tells nothing.</returns>
    public async Task<PeripheralFault?> JudgeAsync(string address, long connectingSince, bool wasLinked)
    {
        if (_kernel.IsListening)
        {
            // The kernel's word comes by another way than BlueZ's, and may come after it.
            await Task.Delay(_options.KernelWordLimit, _time).ConfigureAwait(false);
        }

        if (_failures.TryGetValue(address, out long at) && at >= connectingSince)
        {
            _earlyDrops.TryRemove(address, out _);
            return PeripheralFault.BondLost;
        }

        bool isDoubtful = wasLinked && !_kernel.IsListening
            && _earlyDrops.AddOrUpdate(address, 1, (_, drops) => drops + 1) >= BlueZOptions.EarlyDropsForDoubt;
        return isDoubtful ? PeripheralFault.BondDoubtful : null;
    }

    /// <summary>Forgets what was heard of the peripheral before it is paired anew.</summary>
    public void BeginPairing(string address)
    {
        _failures.TryRemove(address, out _);
        _earlyDrops.TryRemove(address, out _);
    }

    /// <summary>The kind of the bond that was just made.</summary>
    /// <param name="adapterAddress">The hub's adapter.</param>
    /// <param name="address">The peripheral's identity, which its keys are told with.</param>
    /// <param name="pairingSince">Timestamp at which the pairing began.</param>
    public async Task<BondSecurity> KindAsync(string adapterAddress, string address, long pairingSince)
    {
        bool IsNew((byte Type, long At) key) => key.At >= pairingSince;
        if (_kernel.IsListening && !(_newKeys.TryGetValue(address, out (byte Type, long At) early) && IsNew(early)))
        {
            await Task.Delay(_options.KernelWordLimit, _time).ConfigureAwait(false);
        }

        return _newKeys.TryGetValue(address, out (byte Type, long At) told) && IsNew(told)
            ? BondFile.OfKeyType(told.Type)
            : BondFile.Read(_options.BondFolder, adapterAddress, address);
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
            _newKeys[heard.Address] = (type, _time.GetTimestamp());
        }
    }
}
