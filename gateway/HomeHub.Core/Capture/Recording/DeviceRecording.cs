using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;

namespace HomeHub.Core.Capture.Recording;

/// <summary>
/// Records one connection with a device: the hub's own session, beginning with nothing remembered, so that the device is asked who it is and for all that it has
/// stored. Nothing is noted about the device, and its clock is set only where it sends nothing before. What a device forgets once it was sent is then in the
/// record and nowhere else.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="traits">What is done otherwise for it, by its model number (null: not known).</param>
/// <param name="time">The clock.</param>
public sealed class DeviceRecording(RegisteredDevice device, Func<string?, DeviceTraits> traits, TimeProvider time)
{
    /// <summary>Name of the connection in the capture.</summary>
    public const string SessionName = "capture";

    /// <summary>Longest connection where nobody says how long.</summary>
    public static readonly TimeSpan LongestUnasked = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long to listen; the connection stays open for so long, also while the device says nothing. Null: as the hub does, until the device has told all, at
    /// most <see cref="LongestUnasked"/>.
    /// </summary>
    public TimeSpan? Listens { get; init; }

    /// <summary>Whether also that is subscribed to and read which no profile knows.</summary>
    public bool TakesUnknown { get; init; }

    /// <summary>Records until the device has told all, the time is over, or it is cancelled, which is no error.</summary>
    /// <param name="link">The connection; stays open.</param>
    /// <param name="record">Takes each value, at once; called by one thread at a time.</param>
    /// <param name="cancellation">Ends it; what has come is recorded.</param>
    /// <exception cref="PeripheralException">The link went, or the device did not do its part. All that came was recorded before.</exception>
    public async Task RunAsync(IPeripheral link, Action<RecordedValue> record, CancellationToken cancellation)
    {
        var plan = SessionPlan.For(link.Characteristics, traits(null).VendorServices);
        var peripheral = new RecordingPeripheral(link, plan.Pieces, record, time);
        var options = new PeripheralSourceOptions { Limits = Limits(), Traits = (_, model) => WithoutSetting(traits(model)) };
        var gatt = new GattOperations(peripheral, options.Limits, time);
        GattCharacteristic[] unknown = TakesUnknown ? [.. Unknown(plan, link.Characteristics)] : [];
        try
        {
            foreach (GattCharacteristic one in unknown.Where(one => one.CanSubscribe))
            {
                await TryAsync(() => gatt.TrySubscribeAsync(one, cancellation)).ConfigureAwait(false);
            }

            foreach (GattCharacteristic one in unknown.Where(one => one.CanRead))
            {
                await TryAsync(() => gatt.TryReadAsync(one, cancellation)).ConfigureAwait(false);
            }

            var session = new PeripheralSession(peripheral, device, DeviceMemory.Empty, options, time) { Pieced = peripheral.OnPieced };
            await session.RunAsync(
                SessionName,
                (item, _) =>
                {
                    // It was recorded on its way here, and is as safe as it gets.
                    item.Committed?.Invoke();
                    return ValueTask.CompletedTask;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Whoever cancels has enough.
        }
        finally
        {
            while (peripheral.Values.TryRead(out _))
            {
                // Recorded by taking it.
            }
        }
    }

    private SessionLimits Limits()
    {
        var usual = new SessionLimits();
        return Listens is { } listens
            ? usual with { Whole = listens, FirstValue = listens, Idle = listens }
            : usual with { Whole = LongestUnasked };
    }

    private static DeviceTraits WithoutSetting(DeviceTraits traits) => traits.Clock == ClockRule.WhenOff ? traits with { Clock = ClockRule.Never } : traits;

    /// <summary>What the session will neither subscribe to nor read.</summary>
    private static IEnumerable<GattCharacteristic> Unknown(SessionPlan plan, IReadOnlyList<GattCharacteristic> characteristics)
    {
        HashSet<ushort> known =
        [
            .. plan.Measurements.Concat(plan.Pieces).Concat(plan.ControlPoints).Concat(plan.Descriptions).Concat(plan.States).Select(one => one.Handle),
            .. new[] { plan.Clock, plan.Firmware }.OfType<GattCharacteristic>().Select(one => one.Handle),
        ];
        return characteristics.Where(one => !known.Contains(one.Handle));
    }

    /// <summary>What a device does not want to tell stays untold; only a link that is gone ends the recording, in the session that follows.</summary>
    private static async Task TryAsync<T>(Func<Task<T>> operation)
    {
        try
        {
            await operation().ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error.Fault is not (PeripheralFault.Disconnected or PeripheralFault.NoRadio))
        {
            // A characteristic that can't be read is no value.
        }
    }
}
