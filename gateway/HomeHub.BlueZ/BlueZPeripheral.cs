using System.Collections.Concurrent;
using System.Threading.Channels;
using HomeHub.BlueZ.Bonds;
using HomeHub.Core.Peripherals;

namespace HomeHub.BlueZ;

/// <summary>A connected peripheral: calls and signals of its objects.</summary>
internal sealed class BlueZPeripheral : IPeripheral
{
    private readonly Link _link;
    private readonly Linker _linker;
    private readonly BondWatch _bonds;
    private readonly BlueZOptions _options;
    private readonly long _since;
    private readonly Action _released;
    private readonly CharacteristicTable _table;
    private readonly Channel<CharacteristicValue> _values = Channel.CreateBounded<CharacteristicValue>(
        new BoundedChannelOptions(IPeripheral.MaxUnread) { SingleReader = true });
    private readonly ConcurrentDictionary<string, Subscription> _subscribed = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationTokenRegistration _radioGone;
    private PeripheralException? _end;
    private volatile bool _hasAnswered;
    private int _isDisposed;

    public BlueZPeripheral(
        Link link, string address, TimeSpan resolved, long since, Linker linker, BondWatch bonds, BlueZOptions options, Action released)
    {
        (_link, _linker, _bonds, _options, _since, _released, Address) = (link, linker, bonds, options, since, released, address);
        Times = new ConnectionTimes(link.Waited, link.Connected, resolved);
        IsBonded = link.Radio.IsBonded(link.Path);
        _table = CharacteristicTable.Read(link.Radio.Objects, link.Path);
        link.Radio.Objects.Changed += Take;
        _radioGone = link.Radio.Gone.Register(() => End(Radio.NoRadio("Listening to the device")));
        if (!link.Radio.IsConnected(link.Path))
        {
            End(Disconnected("Listening to the device"));
        }
    }

    public string Address { get; }

    public bool IsBonded { get; }

    public IReadOnlyList<GattCharacteristic> Characteristics => _table.All;

    public ConnectionTimes Times { get; }

    public ChannelReader<CharacteristicValue> Values => _values.Reader;

    public async Task<byte[]> ReadAsync(GattCharacteristic characteristic, CancellationToken cancellation)
    {
        string path = _table.PathOf(characteristic);
        Subscription? subscription = _subscribed.GetValueOrDefault(path);
        subscription?.BeginRead();
        byte[]? octets = null;
        try
        {
            object[] answer = await CallAsync(path, "ReadValue", $"Reading {characteristic.Uuid}", "a{sv}", [Options()], cancellation).ConfigureAwait(false);
            octets = answer is [byte[] value]
                ? value
                : throw new PeripheralException(PeripheralFault.Failed, $"Reading {characteristic.Uuid}: BlueZ answered something else than octets.");
            return octets;
        }
        finally
        {
            subscription?.EndRead(octets, Give);
        }
    }

    public async Task WriteAsync(GattCharacteristic characteristic, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        Dictionary<string, object> options = Options();
        bool isRequest = (characteristic.Properties & GattProperties.Write) != 0;
        options["type"] = isRequest ? "request" : "command";
        await CallAsync(
            _table.PathOf(characteristic), "WriteValue", $"Writing {characteristic.Uuid}", "aya{sv}", [value.ToArray(), options], cancellation)
            .ConfigureAwait(false);
    }

    public async Task SubscribeAsync(GattCharacteristic characteristic, CancellationToken cancellation)
    {
        string path = _table.PathOf(characteristic);

        _asked[path] = true;

        // Before the call: what comes before its answer counts.
        _subscribed.TryAdd(path, new Subscription(characteristic));
        try
        {
            await CallAsync(path, "StartNotify", $"Subscribing to {characteristic.Uuid}", "", [], cancellation).ConfigureAwait(false);
        }
        catch
        {
            _subscribed.TryRemove(path, out _);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        try
        {
            // BlueZ keeps subscriptions of its clients and takes them up again by itself in the next connection, before anybody here listens: what
            // the device sent then would be confirmed and lost. So they are ended also when the link is gone.
            foreach (string path in _asked.Keys)
            {
                await StopAsync(path).ConfigureAwait(false);
            }

            _link.Radio.Objects.Changed -= Take;
            bool isLinked = !_gone.IsCancellationRequested;
            End(null);
            if (isLinked)
            {
                await _linker.AbandonAsync(_link.Radio, _link.Path).ConfigureAwait(false);
            }
        }
        finally
        {
            await _radioGone.DisposeAsync().ConfigureAwait(false);
            _released();
        }
    }

    private static Dictionary<string, object> Options() => [];

    private static PeripheralException Disconnected(string doing) => new(PeripheralFault.Disconnected, $"{doing}: the connection ended.");

    private async Task StopAsync(string path)
    {
        try
        {
            await _link.Radio.CallAsync(
                path, BlueZNames.GattCharacteristic, "StopNotify", "Ending a subscription", CancellationToken.None, _options.LetGoLimit).ConfigureAwait(false);
        }
        catch (PeripheralException)
        {
            // The radio went with all subscriptions, there is none, or BlueZ hangs; disconnecting, which comes next, ends it for the peripheral.
        }
    }

    private async Task<object[]> CallAsync(string path, string member, string doing, string signature, object[] arguments, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed == 1, this);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _gone.Token);
        try
        {
            object[] answer = await _link.Radio
                .CallAsync(path, BlueZNames.GattCharacteristic, member, doing, both.Token, _options.GattLimit, signature, arguments)
                .ConfigureAwait(false);
            if (!_hasAnswered)
            {
                _hasAnswered = true;
                _bonds.Holds(Address);
            }

            return answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw await WhyGoneAsync(doing).ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.Disconnected)
        {
            throw await WhyGoneAsync(doing, error).ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error is { Fault: PeripheralFault.Failed })
        {
            // When a link ends BlueZ first answers, in words that say nothing, what was under way, and then tells of the end.
            await Task.Delay(_options.KernelWordLimit, _link.Radio.Time, both.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested || !_gone.IsCancellationRequested)
            {
                throw;
            }

            throw await WhyGoneAsync(doing).ConfigureAwait(false);
        }
    }

    private async Task<PeripheralException> WhyGoneAsync(string doing, PeripheralException? error = null)
    {
        PeripheralException end = error ?? new PeripheralException(_end?.Fault ?? PeripheralFault.Disconnected, $"{doing}: {_end?.Message}", _end);
        bool isEarly = IsBonded && !_hasAnswered && end.Fault == PeripheralFault.Disconnected;
        return isEarly ? Linker.Fault(await _bonds.JudgeAsync(Address, _since, wasLinked: true).ConfigureAwait(false), doing, end) : end;
    }

    private void Take(ObjectChange change)
    {
        if (!change.Path.StartsWith(_link.Path, StringComparison.Ordinal))
        {
            return;
        }

        if (change.Interface == BlueZNames.GattCharacteristic && change.Kind == ObjectChangeKind.Changed
            && _subscribed.TryGetValue(change.Path, out Subscription? subscription) && change.Tells("Value", out byte[] octets))
        {
            TimeProvider time = _link.Radio.Time;
            subscription.Take(new CharacteristicValue(subscription.Characteristic, octets, time.GetLocalNow()) { Monotonic = time.GetElapsedTime(0) }, Give);
        }
        else if (change.Interface == BlueZNames.Device && change.Path == _link.Path)
        {
            if (change.Kind == ObjectChangeKind.Removed)
            {
                _ = EndRemovedAsync();
            }
            else if (change.Tells("Connected", out bool connected) && !connected)
            {
                End(Disconnected("Listening to the device"));
            }
        }
    }

    /// <summary>An adapter that goes takes its devices with it, they first: what comes next tells whether it was only the device.</summary>
    private async Task EndRemovedAsync()
    {
        await Task.Delay(_options.KernelWordLimit, _link.Radio.Time, _link.Radio.Gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End(_link.Radio.Gone.IsCancellationRequested ? Radio.NoRadio("Listening to the device") : Disconnected("Listening to the device"));
    }

    private void Give(CharacteristicValue value)
    {
        if (!_values.Writer.TryWrite(value) && !_gone.IsCancellationRequested)
        {
            End(new PeripheralException(PeripheralFault.Failed, $"More than {IPeripheral.MaxUnread} values waited unread; the hub let go of the device."));
            _ = _linker.AbandonAsync(_link.Radio, _link.Path);
        }
    }

    private void End(PeripheralException? reason)
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        _end ??= reason;
        foreach (Subscription subscription in _subscribed.Values)
        {
            subscription.EndRead(null, Give);
        }

        _values.Writer.TryComplete(reason);
        _ = _gone.CancelAsync();
    }
}
