using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Sessions;

/// <summary>One connection from the advertisement to the note of how it went: connect, run, remember, tell.</summary>
internal sealed class SessionRunner(
    ICentral central, IDeviceRegistry registry, PeripheralSourceOptions options, TimeProvider time, HubMetrics metrics, ILogger logger)
{
    private long _count;

    /// <summary>Runs a connection. Faults of radio and device are in the report.</summary>
    /// <param name="device">The device that was heard.</param>
    /// <param name="heardAt">Time stamp of the advertisement.</param>
    /// <param name="give">Takes an item, waiting while there is no room.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SessionReport> RunAsync(
        RegisteredDevice device, long heardAt, Func<SourceItem, CancellationToken, ValueTask> give, CancellationToken cancellation)
    {
        string tag = DeviceTag.Of(device.Address);
        long began = time.GetTimestamp();
        string name = string.Create(CultureInfo.InvariantCulture, $"{tag}-{time.GetUtcNow().ToUnixTimeMilliseconds()}-{Interlocked.Increment(ref _count)}");
        using var activity = HubMetrics.Activities.StartActivity("device session");
        SessionReport report = await ConnectAsync(device, name, heardAt, give, cancellation).ConfigureAwait(false);
        if (report.Fault == PeripheralFault.StaleServices)
        {
            report = await ConnectAgainAsync(report, device, name + "-again", heardAt, give, cancellation).ConfigureAwait(false);
        }

        // What an unknown clock shows is noted of nothing: a wrong time would decide for ever whose a record is.
        DateTimeOffset? now = options.IsClockKnown() ? time.GetUtcNow() : null;
        DeviceTrouble? trouble = report.Fault is { } fault && DeviceAdvice.For(fault) is { } advice ? new DeviceTrouble(fault, now, advice) : null;

        // A link that went before anything was subscribed tells nothing of a trouble that was noted before.
        if (trouble is not null || report.Subscribed is not null)
        {
            // The beginning by the clock as it is now: it may have been set since.
            DateTimeOffset? toldAllAt = report is { Fault: null, HasToldAll: true } ? now - time.GetElapsedTime(began) : null;
            var note = new DeviceSessionNote(now, trouble, toldAllAt)
            {
                ValueAt = report.Values > 0 ? now : null,
                BatteryPercent = report.BatteryPercent,
                Clock = report.HasReadClock && options.IsTimeKnown() ? new DeviceClockNote(time.GetUtcNow(), report.ClockOff, report.HasSetClock) : null,
            };
            await registry.NoteSessionAsync(device.Address, note, cancellation).ConfigureAwait(false);
        }

        metrics.Session(report);
        activity?.SetTag("fault", report.Fault?.ToString());
        Log(tag, report);
        return report;
    }

    /// <summary>
    /// Once more, with the services found anew, before a person is bothered: objects also vanish when an adapter goes. Without a bond nothing is lost by
    /// forgetting what is remembered of the services.
    /// </summary>
    private async Task<SessionReport> ConnectAgainAsync(
        SessionReport first, RegisteredDevice device, string name, long heardAt, Func<SourceItem, CancellationToken, ValueTask> give,
        CancellationToken cancellation)
    {
        try
        {
            if (device.Bond is null)
            {
                await central.ForgetAsync(device.Address, cancellation).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            return first with { Fault = error.Fault, Reason = error.Message };
        }

        SessionReport again = await ConnectAsync(device, name, heardAt, give, cancellation).ConfigureAwait(false);
        return again with { Values = again.Values + first.Values };
    }

    private async Task<SessionReport> ConnectAsync(
        RegisteredDevice device, string name, long heardAt, Func<SourceItem, CancellationToken, ValueTask> give, CancellationToken cancellation)
    {
        TimeSpan before = time.GetElapsedTime(heardAt);
        DeviceMemory memory = await registry.GetMemoryAsync(device.Address, cancellation).ConfigureAwait(false);
        var report = new SessionReport();
        PeripheralSession? session = null;
        TimeSpan start = before;
        try
        {
            IPeripheral peripheral = await central.ConnectAsync(device.Address, device.AddressType, options.Limits.Connect, cancellation).ConfigureAwait(false);
            await using (peripheral.ConfigureAwait(false))
            {
                report = report with { Connected = before + peripheral.Times.Connected, Resolved = before + peripheral.Times.Resolved };
                await CheckBondAsync(device, peripheral.IsBonded, cancellation).ConfigureAwait(false);
                report = report with { Encrypted = peripheral.IsBonded ? report.Resolved : null };
                session = new PeripheralSession(peripheral, device, memory, options, time);
                start = time.GetElapsedTime(heardAt);
                var users = new CurrentUsers(device, registry, time);
                await session.RunAsync(name, (item, token) => GiveAsync(item, users, give, token), cancellation).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            report = report with { Fault = error.Fault, Reason = error.Message };
        }

        if (session is not null)
        {
            await registry.SetMemoryAsync(device.Address, session.Memory, cancellation).ConfigureAwait(false);
            SessionReport told = session.Report;
            report = report with
            {
                Subscribed = start + told.Subscribed,
                FirstValue = start + told.FirstValue,
                Values = told.Values,
                Announced = told.Announced,
                Refused = told.Refused,
                Dropped = told.Dropped,
                HasDeleted = told.HasDeleted,
                BatteryPercent = told.BatteryPercent,
                HasReadClock = told.HasReadClock,
                ClockOff = told.ClockOff,
                HasSetClock = told.HasSetClock,
                IsCut = told.IsCut,
                HasToldAll = told.HasToldAll,
                Reason = report.Reason ?? told.Reason,
            };
        }

        return report with { Done = time.GetElapsedTime(heardAt) };
    }

    private static async ValueTask GiveAsync(SourceItem item, CurrentUsers users, Func<SourceItem, CancellationToken, ValueTask> give, CancellationToken cancellation)
    {
        DevicePayload? payload = item.Payload is { } told ? told with { Users = await users.GetAsync(cancellation).ConfigureAwait(false) } : null;
        await give(item with { Payload = payload }, cancellation).ConfigureAwait(false);
    }

    /// <summary>What a person asked for and what the system holds have to agree before the device is asked anything.</summary>
    private async Task CheckBondAsync(RegisteredDevice device, bool isBonded, CancellationToken cancellation)
    {
        if (device.Bond is not null && !isBonded)
        {
            throw new PeripheralException(PeripheralFault.BondLost, "The hub no longer holds the key that it shared with the device. Pair it again.");
        }

        // It may have been paired a moment ago, by a command beside the hub.
        if (device.Bond is null && isBonded && await registry.FindAsync(device.Address, cancellation).ConfigureAwait(false) is { Bond: null })
        {
            await central.ForgetAsync(device.Address, cancellation).ConfigureAwait(false);
            throw new PeripheralException(PeripheralFault.InsufficientSecurity, "There was a bond with the device that nobody asked for; it is removed.");
        }
    }

    private void Log(string tag, SessionReport report)
    {
        LogLevel level = report.Fault is null or PeripheralFault.Disconnected or PeripheralFault.NotReachable ? LogLevel.Information : LogLevel.Warning;
        logger.Log(
            level,
            "Device {Device}: {Values} values; connected after {ConnectedMs} ms, encrypted after {EncryptedMs} ms, services after {ResolvedMs} ms, subscribed after {SubscribedMs} ms, "
            + "first value after {FirstValueMs} ms, done after {DoneMs} ms; stored records announced: {Announced}; clock set: {HasSetClock}; records deleted: {HasDeleted}; frames refused: {Refused}; octets without a frame: {Dropped}; ended by {Fault}: {Reason}",
            tag,
            report.Values,
            Milliseconds(report.Connected),
            Milliseconds(report.Encrypted),
            Milliseconds(report.Resolved),
            Milliseconds(report.Subscribed),
            Milliseconds(report.FirstValue),
            Milliseconds(report.Done),
            report.Announced,
            report.HasSetClock,
            report.HasDeleted,
            report.Refused,
            report.Dropped,
            report.Fault?.ToString() ?? "the hub",
            report.Reason ?? "all was told");
    }

    private static long? Milliseconds(TimeSpan? time) => time is { } known ? (long)known.TotalMilliseconds : null;
}
