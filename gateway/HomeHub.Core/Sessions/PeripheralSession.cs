using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.DeviceInformationService;

namespace HomeHub.Core.Sessions;

/// <summary>
/// What the hub does in one connection with a device that was set up: subscribe, learn what the device is and what its clock says, take what it has
/// stored and what it sends, then let go. Measurements are subscribed before anything is read, because many devices send within a second and fall
/// asleep; what they send meanwhile waits until clock and features were told, as records are understood by them. When the link goes in between, what
/// waits is given on nevertheless.
/// </summary>
/// <param name="peripheral">The connection.</param>
/// <param name="device">Whose device it is.</param>
/// <param name="memory">What is remembered of it.</param>
/// <param name="options">Limits, and whether clocks are set.</param>
/// <param name="time">The clock.</param>
public sealed class PeripheralSession(
    IPeripheral peripheral, RegisteredDevice device, DeviceMemory memory, PeripheralSourceOptions options, TimeProvider time)
{
    private readonly SessionPlan _plan = SessionPlan.For(peripheral.Characteristics, options.Traits(device, memory.Model).VendorServices);
    private readonly GattOperations _gatt = new(peripheral, options.Limits, time);
    private readonly List<GattCharacteristic> _subscribed = [];
    private readonly Dictionary<ushort, MarkKeeper> _marks = [];
    private readonly List<RememberedValue> _described = [];
    private readonly VendorSession _vendor = new(peripheral, options, time);
    private string? _firmware;
    private byte[] _sessionStart = [];
    private bool _isDescribed, _hasToldRecords;

    /// <summary>Told each payload that was put together out of what a vendor's device notified, for a record of the connection; null where nobody wants it.</summary>
    internal Action<CharacteristicValue>? Pieced { get; init; }

    /// <summary>What happened so far; the times count from the start of <see cref="RunAsync"/>.</summary>
    public SessionReport Report { get; private set; } = new();

    /// <summary>What to remember of the device after this connection; what is not on disk is not in it.</summary>
    public DeviceMemory Memory => new()
    {
        Firmware = _isDescribed ? _firmware : memory.Firmware,
        Descriptions = _isDescribed ? _described : memory.Descriptions,
        Marks = [.. memory.Marks.Where(mark => !_marks.ContainsKey(mark.Service)), .. _marks.Values.Select(keeper => keeper.Mark).OfType<RecordMark>()],
    };

    /// <summary>Runs the connection to its end.</summary>
    /// <param name="name">Name of the connection.</param>
    /// <param name="give">Takes an item, waiting while there is no room.</param>
    /// <param name="cancellation">Ends it; what was taken stays taken.</param>
    /// <exception cref="PeripheralException">The link went, or the device did not do its part. All that it sent was given before.</exception>
    public async Task RunAsync(string name, Func<SourceItem, CancellationToken, ValueTask> give, CancellationToken cancellation)
    {
        long startedAt = time.GetTimestamp();
        var sink = new SessionSink(name, device, _plan.Describe(device), give);
        using var whole = new CancellationTokenSource(options.Limits.Whole, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellation);
        var clock = new SessionClock(_plan.Clock, _gatt, options.Traits(device, memory.Model), options, sink, time);
        var values = new ValueTaker(peripheral.Values, sink, _marks, time, _ =>
            Report = Report with { Values = Report.Values + 1, FirstValue = Report.FirstValue ?? time.GetElapsedTime(startedAt) }) { Pieced = Pieced };
        try
        {
            PeripheralException? fault = null;
            try
            {
                await clock.SetFirstAsync(ending.Token).ConfigureAwait(false);
                await SubscribeFirstAsync(ending.Token).ConfigureAwait(false);
                Report = Report with { Subscribed = time.GetElapsedTime(startedAt) };
            }
            catch (PeripheralException error)
            {
                fault = error;
            }

            fault = await LearnAsync(sink, clock, fault, ending.Token).ConfigureAwait(false);
            await TakeAsync(values, sink, clock, fault, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Long enough, or the hub ends. What has come until now is the hub's: the device may have forgotten it.
            Report = Report with { IsCut = true };
            await values.TakeRestAsync(TellsAgain).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            await _vendor.StopStreamsAsync().ConfigureAwait(false);
            await WaitSafeAsync(sink, cancellation).ConfigureAwait(false);
            Report = Report with
            {
                BatteryPercent = sink.BatteryPercent,
                HasReadClock = clock.HasRead,
                ClockOff = clock.Off,
                HasSetClock = clock.HasSet,
                Refused = values.Refused,
                Dropped = values.Dropped,
                Done = time.GetElapsedTime(startedAt),
            };
        }
    }

    /// <summary>What is not on disk by then is not marked: the device is asked for it again, which is why this is no error.</summary>
    private async Task WaitSafeAsync(SessionSink sink, CancellationToken cancellation)
    {
        try
        {
            await sink.WaitSafeAsync().WaitAsync(options.Limits.Commit, time, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            Report = Report with { Reason = "Not all that was taken was on disk in time.", HasToldAll = false };
        }
    }

    private async Task SubscribeFirstAsync(CancellationToken cancellation)
    {
        await SubscribeAsync([.. _plan.Measurements.Except(_plan.LateMeasurements)], cancellation).ConfigureAwait(false);
        foreach (GattCharacteristic controlPoint in _plan.ControlPoints)
        {
            if (await _gatt.TrySubscribeAsync(controlPoint, cancellation).ConfigureAwait(false))
            {
                _subscribed.Add(controlPoint);
            }
        }
    }

    private async Task SubscribeAsync(IReadOnlyList<GattCharacteristic> measurements, CancellationToken cancellation)
    {
        bool[] permitted = await Task.WhenAll(measurements.Select(measurement => _gatt.TrySubscribeAsync(measurement, cancellation))).ConfigureAwait(false);
        _subscribed.AddRange(measurements.Where((_, i) => permitted[i]));
        if (permitted.Length > 0 && !permitted.Contains(true))
        {
            // Nothing would ever come, and it must not look as if there was nothing to tell.
            throw new PeripheralException(PeripheralFault.NotPermitted, "None of the device's measurements may be subscribed to.");
        }
    }

    /// <summary>Tells what the device is and what its clock says. When the link goes on the way, what is remembered is told instead.</summary>
    /// <returns>The fault that came before or on the way; null while the link is there.</returns>
    private async Task<PeripheralException?> LearnAsync(
        SessionSink sink, SessionClock clock, PeripheralException? fault, CancellationToken cancellation)
    {
        try
        {
            if (fault is null)
            {
                await DescribeAsync(cancellation).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            fault = error;
        }

        // The last description of a kind counts, so what was read anew comes after what is remembered of other firmware.
        IEnumerable<RememberedValue> told = _isDescribed ? _described : [.. memory.Descriptions, .. _described];
        foreach (RememberedValue value in told)
        {
            await sink.GiveAsync(new IncomingPayload(value.Service, value.Characteristic, value.Octets, time.GetLocalNow()), null, cancellation).ConfigureAwait(false);
        }

        try
        {
            if (fault is null)
            {
                await clock.ReadOnceAsync(cancellation).ConfigureAwait(false);
                await ReadStatesAsync(sink, cancellation).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            fault = error;
        }

        return fault;
    }

    /// <summary>Reads what the device is; where the firmware is the one that is remembered, what is remembered of it stands.</summary>
    private async Task DescribeAsync(CancellationToken cancellation)
    {
        byte[]? firmware = _plan.Firmware is { } revision ? await _gatt.TryReadAsync(revision, cancellation).ConfigureAwait(false) : null;
        _firmware = firmware is null ? null : Convert.ToHexString(firmware);
        if (_firmware is not null && _firmware == memory.Firmware)
        {
            _described.AddRange(memory.Descriptions);
            _isDescribed = true;
            return;
        }

        if (firmware is not null)
        {
            _described.Add(new RememberedValue(_plan.Firmware!.Service.Short ?? 0, DeviceInformationProfile.FirmwareUuid, firmware));
        }

        foreach (GattCharacteristic description in _plan.Descriptions)
        {
            if (await _gatt.TryReadAsync(description, cancellation).ConfigureAwait(false) is { } octets)
            {
                _described.Add(new RememberedValue(description.Service.Short ?? 0, description.Uuid.Short ?? 0, octets));
            }
        }

        _isDescribed = true;
    }

    private async Task ReadStatesAsync(SessionSink sink, CancellationToken cancellation)
    {
        foreach (GattCharacteristic state in _plan.States)
        {
            if (await _gatt.TryReadAsync(state, cancellation).ConfigureAwait(false) is { } octets)
            {
                _sessionStart = state.Uuid.Short == CgmProfile.SessionStartUuid ? octets : _sessionStart;
                await sink.GiveAsync(state, octets, time.GetLocalNow(), time.GetElapsedTime(0), null, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes stored records and what is sent, until the device has told all. After a fault only what has come already.</summary>
    private async Task TakeAsync(ValueTaker values, SessionSink sink, SessionClock clock, PeripheralException? fault, CancellationToken cancellation)
    {
        try
        {
            if (fault is null)
            {
                values.SessionKey = _sessionStart;
                await SubscribeAsync(_plan.LateMeasurements, cancellation).ConfigureAwait(false);
                await TransferAllAsync(values, sink, cancellation).ConfigureAwait(false);
                bool isConsented = _plan.UserControl is not { } users
                    || await new UserConsent(device.Slots, _gatt, options.Limits, time).RunAsync(users, values, cancellation).ConfigureAwait(false);
                bool isAsked = await _vendor.AskAsync(_plan, Memory.Model, values, sink, cancellation).ConfigureAwait(false);
                await _vendor.StartStreamsAsync(_plan, values, cancellation).ConfigureAwait(false);
                Report = Report with { Reason = _vendor.Reason ?? Report.Reason };
                if (_plan.Exchange is null || _plan.Measurements.Count > 0)
                {
                    await values.TakeUntilIdleAsync(options.Limits, time, cancellation).ConfigureAwait(false);
                }

                bool isWhole = isAsked && _plan.Measurements.Concat(_plan.ControlPoints).All(_subscribed.Contains);
                Report = Report with { HasToldAll = isWhole && isConsented };
                fault = isConsented ? null : new PeripheralException(PeripheralFault.ConsentRefused, "The device did not accept the code of a user.");
                await clock.SetAfterAsync(values, cancellation).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            fault = error;
        }

        await values.TakeRestAsync(TellsAgain).ConfigureAwait(false);
        if (fault is not null)
        {
            throw fault;
        }
    }

    private async Task TransferAllAsync(ValueTaker values, SessionSink sink, CancellationToken cancellation)
    {
        bool deletes = options.Traits(device, Memory.Model).DeletesAfterReceipt;
        sink.IsTransferring = true;
        foreach (GattCharacteristic controlPoint in _plan.ControlPoints.Where(_subscribed.Contains))
        {
            ushort service = controlPoint.Service.Short ?? 0;
            RecordMark? mark = memory.Marks.FirstOrDefault(mark => mark.Service == service);
            var keeper = new MarkKeeper(service, mark);
            _marks[service] = keeper;
            var rules = RecordRules.Of(service);
            var transfer = new RecordTransfer(mark, rules, asksAll: deletes);
            var exchange = new RecordExchange(transfer, keeper, controlPoint, _gatt, time);
            try
            {
                await exchange.RunAsync(values, cancellation).ConfigureAwait(false);
            }
            finally
            {
                Report = Report with { Announced = transfer.Announced ?? Report.Announced };
            }

            Report = transfer.IsShort ? Report with { Reason = "The device announced more records than it has." } : Report;
            await values.GiveWaitingAsync().ConfigureAwait(false);
            if (deletes && RecordDeletion.After(transfer, rules) is { } deletion
                && await new DeletionGate(device.Address, _plan, _gatt, options, time).MayDeleteAsync(service, _sessionStart, sink, cancellation).ConfigureAwait(false))
            {
                bool hasDeleted = await exchange.DeleteAsync(deletion, values, cancellation).ConfigureAwait(false);
                Report = Report with { HasDeleted = Report.HasDeleted || hasDeleted };
            }
        }

        _hasToldRecords = true;
        sink.IsTransferring = false;
    }

    /// <summary>Whether the device tells its stored records again, as it did not come to their end.</summary>
    private bool TellsAgain => !_hasToldRecords && _plan.ControlPoints.Count > 0;
}
