using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Sessions;

/// <summary>
/// The device's clock in one connection: read and told before anything that is stamped by it, and set where its model and the site want it. A clock is
/// never set before it was compared.
/// </summary>
/// <param name="clock">The characteristic that shows it; null when the device has none.</param>
/// <param name="gatt">What is asked.</param>
/// <param name="traits">When the model's clock is set.</param>
/// <param name="options">Whether clocks are set, and how far off they may be.</param>
/// <param name="sink">Takes what it shows.</param>
/// <param name="time">The hub's clock.</param>
internal sealed class SessionClock(
    GattCharacteristic? clock, GattOperations gatt, DeviceTraits traits, PeripheralSourceOptions options, SessionSink sink, TimeProvider time)
{
    private TimeSpan? _deviation;

    /// <summary>A hub that does not know the time itself sets no clock.</summary>
    private bool MaySet => options.SetsClocks && options.IsTimeKnown();

    /// <summary>Whether it was compared.</summary>
    public bool HasRead { get; private set; }

    /// <summary>By how much it was ahead (negative: behind) before it was set; null: not compared, or it showed no time that can be.</summary>
    public TimeSpan? Off { get; private set; }

    /// <summary>Whether it took the hub's time.</summary>
    public bool HasSet { get; private set; }

    /// <summary>Tells what it shows, unless it was told already.</summary>
    public async Task ReadOnceAsync(CancellationToken cancellation)
    {
        if (_deviation is null && clock is not null)
        {
            await ReadAsync(clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// For a model that wants it so: its clock is read and told, and then set whatever it shows, before it is asked for anything. What it has stored was
    /// stamped by the clock as it was told.
    /// </summary>
    public async Task SetFirstAsync(CancellationToken cancellation)
    {
        if (traits.Clock == ClockRule.BeforeSending && MaySet && clock is not null && ClockWriter.CanSet(clock))
        {
            await ReadAsync(clock, cancellation).ConfigureAwait(false);
            await WriteAsync(clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Sets it after everything was taken: the stamp of a record that was taken before must never be compared with a clock that was set after it. Then
    /// reads it once more, so that what the device sends from now on is not compared with the clock as it was.
    /// </summary>
    public async Task SetAfterAsync(ValueTaker values, CancellationToken cancellation)
    {
        if (!MaySet || traits.Clock != ClockRule.WhenOff || clock is null || !ClockWriter.CanSet(clock)
            || _deviation is not { } deviation || deviation.Duration() <= (traits.ClockTolerance ?? options.Limits.ClockTolerance))
        {
            return;
        }

        await WriteAsync(clock, cancellation).ConfigureAwait(false);
        if (HasSet)
        {
            await values.TakeRestAsync(tellsAgain: false).ConfigureAwait(false);
            await ReadAsync(clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(GattCharacteristic writable, CancellationToken cancellation)
    {
        try
        {
            HasSet = await gatt.TryWriteAsync(writable, ClockWriter.Write(writable.Uuid.Short ?? 0, time.GetLocalNow()), cancellation).ConfigureAwait(false);
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.ProfileError)
        {
            // "Data field ignored" (Current Time Service 1.1, 3.1.2.1): the device keeps its own time, and the comparison tells it.
        }
    }

    private async Task ReadAsync(GattCharacteristic readable, CancellationToken cancellation)
    {
        if (await gatt.TryReadAsync(readable, cancellation).ConfigureAwait(false) is { } shown)
        {
            DateTimeOffset readAt = time.GetLocalNow();
            TimeSpan? off = ClockWriter.Deviation(readable.Uuid.Short ?? 0, shown, readAt);
            (Off, HasRead) = (HasRead ? Off : off, true);
            _deviation = off ?? TimeSpan.MaxValue;
            await sink.GiveAsync(readable, shown, readAt, time.GetElapsedTime(0), null, cancellation).ConfigureAwait(false);
        }
    }
}
